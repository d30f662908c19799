//! Connections to the file, and what running a statement on one means.
//!
//! Never lets a driver's type out of `store::sqlite`, and never puts a bound value into an error.

use std::fs::OpenOptions;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::time::Duration;

use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, OpenFlags, ToSql, ffi, params_from_iter};

use crate::store::{Row, StoreError, Value};

/// How long a connection waits for the lock of another process, such as `antesala staff add` beside a running server.
const LOCK_PATIENCE: Duration = Duration::from_secs(2);

/// Pages the writer keeps, in KiB: what a group of batches changes stays in memory until it is committed.
const WRITERS_CACHE: i64 = 16_000;

/// Pages a reader keeps, in KiB. The system keeps the file in memory anyway, and once instead of once per reader.
const READERS_CACHE: i64 = 500;

/// Enough for every statement of the program: they are constants.
const CACHED_STATEMENTS: usize = 256;

/// What a statement did.
pub(super) struct Done {
    /// The rows it returned.
    pub(super) rows: Vec<Row>,
    /// How many rows it touched (returned, for a query).
    pub(super) touched: usize,
}

/// A connection that may write; makes the file when there is none.
pub(in crate::store) fn open_for_writing(path: &Path) -> Result<Connection, StoreError> {
    // Made here so that only its owner may read it; the log beside it inherits the mode.
    OpenOptions::new().create(true).append(true).mode(0o600).open(path).map_err(StoreError::unavailable)?;
    let connection =
        Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX)
            .map_err(meaning)?;
    connection.busy_timeout(LOCK_PATIENCE).map_err(meaning)?;
    let mode: String = connection.query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0)).map_err(meaning)?;
    if mode != "wal" {
        return Err(StoreError::unavailable(
            "this file system cannot hold the database: it lacks shared memory for the log",
        ));
    }
    // Checkpoints run on a thread of their own, so that no commit waits for one.
    connection
        .execute_batch("PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0; PRAGMA journal_size_limit = 67108864")
        .map_err(meaning)?;
    prepare_session(&connection, WRITERS_CACHE)?;
    Ok(connection)
}

/// A connection that only reads.
pub(super) fn open_for_reading(path: &Path) -> Result<Connection, StoreError> {
    let connection =
        Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX)
            .map_err(meaning)?;
    connection.busy_timeout(LOCK_PATIENCE).map_err(meaning)?;
    prepare_session(&connection, READERS_CACHE)?;
    Ok(connection)
}

/// Runs one statement to its end.
pub(super) fn run(connection: &Connection, sql: &str, params: &[Value]) -> Result<Done, StoreError> {
    let mut statement = connection.prepare_cached(sql).map_err(meaning)?;
    let columns = statement.column_count();
    let mut found = Vec::new();
    let mut rows = statement.query(params_from_iter(params)).map_err(meaning)?;
    while let Some(row) = rows.next().map_err(meaning)? {
        found.push(read_row(row, columns)?);
    }
    drop(rows);
    let touched =
        if statement.readonly() { found.len() } else { usize::try_from(connection.changes()).unwrap_or(usize::MAX) };
    Ok(Done { rows: found, touched })
}

/// What a driver's error means to a caller.
pub(in crate::store) fn meaning(error: rusqlite::Error) -> StoreError {
    match error.sqlite_error().map(|failure| failure.extended_code) {
        Some(ffi::SQLITE_CONSTRAINT_UNIQUE | ffi::SQLITE_CONSTRAINT_PRIMARYKEY | ffi::SQLITE_CONSTRAINT_ROWID) => {
            StoreError::Duplicate
        }
        _ => StoreError::unavailable(error),
    }
}

fn prepare_session(connection: &Connection, cache: i64) -> Result<(), StoreError> {
    connection.execute_batch("PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY").map_err(meaning)?;
    // A negative size is in KiB.
    connection.pragma_update(None, "cache_size", -cache).map_err(meaning)?;
    connection.set_prepared_statement_cache_capacity(CACHED_STATEMENTS);
    Ok(())
}

fn read_row(row: &rusqlite::Row<'_>, columns: usize) -> Result<Row, StoreError> {
    (0..columns)
        .map(|column| read_value(row.get_ref(column).map_err(meaning)?, column))
        .collect::<Result<_, _>>()
        .map(Row)
}

fn read_value(value: ValueRef<'_>, column: usize) -> Result<Value, StoreError> {
    match value {
        ValueRef::Null => Ok(Value::Null),
        ValueRef::Integer(number) => Ok(Value::Int(number)),
        ValueRef::Text(text) => {
            std::str::from_utf8(text).map(Value::from).map_err(|_| StoreError::Malformed { column })
        }
        ValueRef::Blob(bytes) => Ok(Value::from(bytes)),
        ValueRef::Real(_) => Err(StoreError::Malformed { column }),
    }
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
            Self::Int(number) => ValueRef::Integer(*number),
            Self::Bool(truth) => ValueRef::Integer(i64::from(*truth)),
            Self::Bytes(bytes) => ValueRef::Blob(bytes),
        }))
    }
}
