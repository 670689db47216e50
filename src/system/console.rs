//! The console that the process writes to.

/// Whether nobody else has this process's console: it was made for this start, as by a double click or by files dropped on the
/// program, and closes with it. Asked before the process starts others, which have it too.
#[cfg(windows)]
#[expect(unsafe_code, reason = "a call of the system")]
pub(crate) fn is_own() -> bool {
    use windows_sys::Win32::System::Console::GetConsoleProcessList;
    let mut processes = [0; 2];
    // SAFETY: the list has room for two numbers, which is what is said of it.
    unsafe { GetConsoleProcessList(processes.as_mut_ptr(), 2) == 1 }
}

/// Elsewhere a terminal outlives what is started in it.
#[cfg(not(windows))]
pub(crate) fn is_own() -> bool {
    false
}
