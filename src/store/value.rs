//! The four column types both engines share, and rows made of them.
//!
//! Instants are `BIGINT` microseconds since the Unix epoch, UTC; ids are `TEXT` (UUID version 7).
//!
//! Never interprets a value: that is for the modules that own the SQL.

use jiff::Timestamp;

use super::StoreError;

/// A value bound to a statement or read from a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// SQL `NULL`, for a column of any type.
    Null,
    /// `TEXT`.
    Text(String),
    /// `BIGINT`.
    Int(i64),
    /// `BOOLEAN`.
    Bool(bool),
    /// `BYTEA`.
    Bytes(Vec<u8>),
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Int(number)
    }
}

impl From<bool> for Value {
    fn from(truth: bool) -> Self {
        Self::Bool(truth)
    }
}

impl From<&[u8]> for Value {
    fn from(bytes: &[u8]) -> Self {
        Self::Bytes(bytes.to_vec())
    }
}

impl From<Timestamp> for Value {
    fn from(at: Timestamp) -> Self {
        Self::Int(at.as_microsecond())
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(maybe: Option<T>) -> Self {
        maybe.map_or(Self::Null, Into::into)
    }
}

/// One row of an answer; columns by zero-based position, in the order the query lists them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row(pub Vec<Value>);

impl Row {
    /// A `TEXT` column.
    ///
    /// # Errors
    /// [`StoreError::Malformed`] when it is `NULL` or of another type; so for all accessors below.
    pub fn text(&self, column: usize) -> Result<&str, StoreError> {
        self.text_or_null(column)?.ok_or(StoreError::Malformed { column })
    }

    /// A `TEXT` column that may be `NULL`.
    ///
    /// # Errors
    /// As [`Row::text`].
    pub fn text_or_null(&self, column: usize) -> Result<Option<&str>, StoreError> {
        match self.0.get(column) {
            Some(Value::Text(text)) => Ok(Some(text)),
            Some(Value::Null) => Ok(None),
            _ => Err(StoreError::Malformed { column }),
        }
    }

    /// A `TEXT` column parsed into one of the domain's types.
    ///
    /// # Errors
    /// As [`Row::text`], and when it does not parse.
    pub fn parsed<T: std::str::FromStr>(&self, column: usize) -> Result<T, StoreError> {
        self.text(column)?.parse().map_err(|_| StoreError::Malformed { column })
    }

    /// As [`Row::parsed`], for a column that may be `NULL`.
    ///
    /// # Errors
    /// As [`Row::parsed`].
    pub fn parsed_or_null<T: std::str::FromStr>(&self, column: usize) -> Result<Option<T>, StoreError> {
        self.text_or_null(column)?.map(|text| text.parse().map_err(|_| StoreError::Malformed { column })).transpose()
    }

    /// A `BIGINT` column.
    ///
    /// # Errors
    /// As [`Row::text`].
    pub fn int(&self, column: usize) -> Result<i64, StoreError> {
        match self.0.get(column) {
            Some(Value::Int(number)) => Ok(*number),
            _ => Err(StoreError::Malformed { column }),
        }
    }

    /// A `BOOLEAN` column. SQLite keeps it, and the outcome of a comparison, as 0 or 1.
    ///
    /// # Errors
    /// As [`Row::text`].
    pub fn bool(&self, column: usize) -> Result<bool, StoreError> {
        match self.0.get(column) {
            Some(Value::Bool(truth)) => Ok(*truth),
            Some(Value::Int(0)) => Ok(false),
            Some(Value::Int(1)) => Ok(true),
            _ => Err(StoreError::Malformed { column }),
        }
    }

    /// A `BYTEA` column.
    ///
    /// # Errors
    /// As [`Row::text`].
    pub fn bytes(&self, column: usize) -> Result<&[u8], StoreError> {
        match self.0.get(column) {
            Some(Value::Bytes(bytes)) => Ok(bytes),
            _ => Err(StoreError::Malformed { column }),
        }
    }

    /// A `BYTEA` column of 32 bytes that may be `NULL`.
    ///
    /// # Errors
    /// As [`Row::text`], and when it is shorter or longer.
    pub fn digest_or_null(&self, column: usize) -> Result<Option<[u8; 32]>, StoreError> {
        match self.0.get(column) {
            Some(Value::Null) => Ok(None),
            _ => self.bytes(column)?.try_into().map(Some).map_err(|_| StoreError::Malformed { column }),
        }
    }

    /// An instant, kept as microseconds since the Unix epoch.
    ///
    /// # Errors
    /// As [`Row::text`].
    pub fn instant(&self, column: usize) -> Result<Timestamp, StoreError> {
        Timestamp::from_microsecond(self.int(column)?).map_err(|_| StoreError::Malformed { column })
    }

    /// An instant that may be `NULL`.
    ///
    /// # Errors
    /// As [`Row::text`].
    pub fn instant_or_null(&self, column: usize) -> Result<Option<Timestamp>, StoreError> {
        match self.0.get(column) {
            Some(Value::Null) => Ok(None),
            _ => self.instant(column).map(Some),
        }
    }
}
