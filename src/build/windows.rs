//! What Windows is told about the program: its icon, its version, and how it is to be run. It stands in the program itself, as
//! a resource file in the form that `rc` gives, which is written here: no resource compiler is asked for.

#[path = "icon.rs"]
mod icon;

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// No administrator, paths beyond 260 letters, and all text in UTF-8.
const MANIFEST: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<assembly xmlns="urn:schemas-microsoft-com:asm.v1" manifestVersion="1.0">
  <trustInfo xmlns="urn:schemas-microsoft-com:asm.v3">
    <security><requestedPrivileges><requestedExecutionLevel level="asInvoker" uiAccess="false"/></requestedPrivileges></security>
  </trustInfo>
  <compatibility xmlns="urn:schemas-microsoft-com:compatibility.v1">
    <application><supportedOS Id="{8e0f7a12-bfb3-4fe8-b9a5-48fd50a15a9a}"/></application>
  </compatibility>
  <application xmlns="urn:schemas-microsoft-com:asm.v3">
    <windowsSettings>
      <longPathAware xmlns="http://schemas.microsoft.com/SMI/2016/WindowsSettings">true</longPathAware>
      <activeCodePage xmlns="http://schemas.microsoft.com/SMI/2019/WindowsSettings">UTF-8</activeCodePage>
    </windowsSettings>
  </application>
</assembly>
"#;

/// Kinds of resources, as Windows numbers them.
const ICON: u16 = 3;
const GROUP_OF_ICONS: u16 = 14;
const VERSION: u16 = 16;
const MANIFEST_KIND: u16 = 24;

/// The manifest of a program, and the icon that it is shown with, have this number.
const FIRST: u16 = 1;

/// Thai, and the only code page that such texts are in.
const THAI: u16 = 0x041E;
const UTF_16: u16 = 1200;

/// Writes the resources and has the linker take them in.
///
/// # Errors
/// When a file cannot be written, or `windres`, which comes with the linker for `gnu`, cannot be run.
pub fn link(out: &Path) -> Result<(), Box<dyn Error>> {
    let file = out.join("itasheet.res");
    fs::write(&file, resources()?)?;
    let linked = if std::env::var("CARGO_CFG_TARGET_ENV")? == "msvc" {
        // There is one already.
        println!("cargo::rustc-link-arg-bins=/MANIFEST:NO");
        file
    } else {
        object(&file)?
    };
    println!("cargo::rustc-link-arg-bins={}", linked.display());
    Ok(())
}

/// The other linker takes no resource file.
fn object(file: &Path) -> Result<PathBuf, Box<dyn Error>> {
    let object = file.with_extension("o");
    let prefixed = format!("{}-w64-mingw32-windres", std::env::var("CARGO_CFG_TARGET_ARCH")?);
    let run = |name: &str| {
        let mut command = Command::new(name);
        command.args(["-J", "res", "-O", "coff"]).arg(file).arg(&object).status()
    };
    let status = run(&prefixed).or_else(|_| run("windres"))?;
    if status.success() { Ok(object) } else { Err(format!("windres: {status}").into()) }
}

/// A resource file.
fn resources() -> Result<Vec<u8>, Box<dyn Error>> {
    // An empty resource says that what follows is of the form with numbers of 32 bits.
    let mut bytes = resource(0, 0, &[])?;
    let mut group = vec![];
    for field in [0, 1, u16::try_from(icon::SIZES.len())?] {
        group.extend(field.to_le_bytes());
    }
    for (number, size) in (FIRST..).zip(icon::SIZES) {
        let picture = icon::picture(size);
        let side = u8::try_from(size)?;
        group.extend([side, side, 0, 0, 1, 0, 32, 0]);
        group.extend(u32::try_from(picture.len())?.to_le_bytes());
        group.extend(number.to_le_bytes());
        bytes.extend(resource(ICON, number, &picture)?);
    }
    bytes.extend(resource(GROUP_OF_ICONS, FIRST, &group)?);
    bytes.extend(resource(VERSION, FIRST, &version()?)?);
    bytes.extend(resource(MANIFEST_KIND, FIRST, MANIFEST.as_bytes())?);
    Ok(bytes)
}

/// One resource with its head.
fn resource(kind: u16, number: u16, data: &[u8]) -> Result<Vec<u8>, Box<dyn Error>> {
    const HEAD: u32 = 32;
    const LANGUAGE: u32 = 0x0409;
    let mut bytes = u32::try_from(data.len())?.to_le_bytes().to_vec();
    bytes.extend(HEAD.to_le_bytes());
    for name in [kind, number] {
        bytes.extend(0xFFFF_u16.to_le_bytes());
        bytes.extend(name.to_le_bytes());
    }
    let language = if kind == 0 { 0 } else { LANGUAGE << 16 };
    for field in [0, language, 0, 0] {
        bytes.extend(field.to_le_bytes());
    }
    bytes.extend(data);
    pad(&mut bytes, 0);
    Ok(bytes)
}

/// What Explorer shows under a file's properties.
fn version() -> Result<Vec<u8>, Box<dyn Error>> {
    let text = std::env::var("CARGO_PKG_VERSION")?;
    let mut parts = text.split(['.', '-']).map(|part| part.parse::<u32>().unwrap_or_default());
    let mut next = || parts.next().unwrap_or_default();
    let (high, low) = ((next() << 16) | next(), next() << 16);
    // Signature, form; version of the file and of the product; no flags of the sixteen; Windows NT; a program.
    let fixed: Vec<u8> = [0xFEEF_04BD, 0x0001_0000, high, low, high, low, 0x3F, 0, 0x0004_0004, 1, 0, 0, 0]
        .into_iter()
        .flat_map(u32::to_le_bytes)
        .collect();
    let texts = [
        ("FileDescription", "itasheet จัดทำรายงานวิเคราะห์ผลการประเมิน ITA"),
        ("FileVersion", text.as_str()),
        ("InternalName", "itasheet"),
        ("LegalCopyright", "MIT License"),
        ("OriginalFilename", "itasheet.exe"),
        ("ProductName", "itasheet"),
        ("ProductVersion", text.as_str()),
    ];
    let texts = texts.into_iter().map(|(key, value)| {
        let units: Vec<u16> = value.encode_utf16().chain([0]).collect();
        let bytes: Vec<u8> = units.iter().copied().flat_map(u16::to_le_bytes).collect();
        block(key, (units.len(), 1), &bytes, &[])
    });
    let table = block(&format!("{THAI:04X}{UTF_16:04X}"), (0, 1), &[], &texts.collect::<Result<Vec<_>, _>>()?)?;
    let translation: Vec<u8> = [THAI, UTF_16].into_iter().flat_map(u16::to_le_bytes).collect();
    let translation = block("Translation", (translation.len(), 0), &translation, &[])?;
    let parts = [block("StringFileInfo", (0, 1), &[], &[table])?, block("VarFileInfo", (0, 1), &[], &[translation])?];
    block("VS_VERSION_INFO", (fixed.len(), 0), &fixed, &parts)
}

/// A part of the version, with the length of its value in units and the kind of it: 1 for text, 0 for numbers.
fn block(key: &str, (length, kind): (usize, u16), value: &[u8], parts: &[Vec<u8>]) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut body: Vec<u8> = [u16::try_from(length)?, kind].into_iter().flat_map(u16::to_le_bytes).collect();
    body.extend(key.encode_utf16().chain([0]).flat_map(u16::to_le_bytes));
    // The length of the whole, which comes first, counts too.
    for part in [value].into_iter().chain(parts.iter().map(Vec::as_slice)) {
        pad(&mut body, 2);
        body.extend(part);
    }
    let whole = u16::try_from(body.len() + 2)?;
    Ok([&whole.to_le_bytes()[..], &body].concat())
}

/// Up to the next multiple of four, where so many bytes stand before these.
fn pad(bytes: &mut Vec<u8>, before: usize) {
    while !(before + bytes.len()).is_multiple_of(4) {
        bytes.push(0);
    }
}
