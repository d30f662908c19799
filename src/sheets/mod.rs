//! Tables as files (CSV, RFC 4180), as spreadsheets write and read them: patients and staff handed in and out.
//!
//! A file in hand is read without trust: what it is not is said in one of a few words, and each wrong cell by its place.
//! Files that leave are safe to open: no cell runs as a formula. Never asks the store, and never decides who is registered.

mod cells;
mod columns;
mod dates;
pub mod patients;
mod read;
pub mod staff;
mod vocabulary;
mod write;

pub use cells::House;
pub use columns::{Heading, cells_of_problem, header_of_problems, heading};
pub use read::{Line, MOST_ROWS, Refused, Table, read};
pub use write::Sheet;
