//! Whole folders: outcomes, repeats, faults of the disk, records.

#[cfg(target_os = "linux")]
mod faults;
mod folders;
mod last_year;
mod records;
mod repeat;
mod replaced;
