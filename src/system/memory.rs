//! How much memory this process may take.

use std::io;

/// From here on an allocation that takes the process beyond so many bytes fails, and ends it.
///
/// # Errors
/// When the system does not do this.
#[cfg(unix)]
pub(crate) fn limit(bytes: u64) -> io::Result<()> {
    rlimit::Resource::AS.set(bytes, bytes)
}

/// From here on an allocation that takes the process beyond so many bytes fails, and ends it: the process joins a job with that
/// limit, inside the job that it may be in already.
///
/// # Errors
/// When the system does not do this, as Windows 7 inside another job.
#[cfg(windows)]
#[expect(unsafe_code, reason = "calls of the system")]
pub(crate) fn limit(bytes: u64) -> io::Result<()> {
    use windows_sys::Win32::System::JobObjects::{
        AssignProcessToJobObject, CreateJobObjectW, JOB_OBJECT_LIMIT_PROCESS_MEMORY,
        JOBOBJECT_EXTENDED_LIMIT_INFORMATION, JobObjectExtendedLimitInformation, SetInformationJobObject,
    };
    use windows_sys::Win32::System::Threading::GetCurrentProcess;

    let mut limits = JOBOBJECT_EXTENDED_LIMIT_INFORMATION::default();
    limits.BasicLimitInformation.LimitFlags = JOB_OBJECT_LIMIT_PROCESS_MEMORY;
    limits.ProcessMemoryLimit = usize::try_from(bytes).unwrap_or(usize::MAX);
    let size = u32::try_from(size_of_val(&limits)).unwrap_or_default();
    // SAFETY: a job without a name and with the usual rights is asked for by null pointers; `limits` is of the kind that is
    // named, lives through the call, and `size` is its size. The job's handle stays open as long as the process lives.
    unsafe {
        let job = CreateJobObjectW(std::ptr::null(), std::ptr::null());
        if job.is_null()
            || SetInformationJobObject(job, JobObjectExtendedLimitInformation, (&raw const limits).cast(), size) == 0
            || AssignProcessToJobObject(job, GetCurrentProcess()) == 0
        {
            return Err(io::Error::last_os_error());
        }
    }
    Ok(())
}

/// There are systems of which this program knows no way.
///
/// # Errors
/// Always.
#[cfg(not(any(unix, windows)))]
pub(crate) fn limit(_bytes: u64) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}
