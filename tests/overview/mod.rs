//! The workbook about many agencies.

mod recount;
mod years;
