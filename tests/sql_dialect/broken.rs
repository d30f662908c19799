//! The scan itself: it must see what is broken, and must not cry at what is well.
//!
//! Never part of the program: these statements are wrong on purpose.

use super::rules::{faults_of_migration, faults_of_statement};
use super::rust::{loose_statements, statements};
use super::schema::Schema;

fn schema() -> Schema {
    let mut schema = Schema::default();
    schema.read(
        "CREATE TABLE staff (id TEXT PRIMARY KEY, active BOOLEAN NOT NULL, seen_at BIGINT, folded BYTEA NOT NULL);",
    );
    schema
}

#[test]
fn broken_statements_are_seen() {
    for sql in [
        "SELECT id FROM staff WHERE seen_at = $2 AND id = $1",
        "SELECT id FROM staff WHERE seen_at = $2",
        "UPDATE staff SET seen_at = $1 WHERE id = $3",
        "SELECT id FROM staff WHERE ($1 IS NULL OR id = $1)",
        "SELECT id FROM staff WHERE $1 IS NOT NULL",
        "SELECT id FROM staff WHERE active = 1",
        "UPDATE staff SET active=0 WHERE id = $1",
        "SELECT s.id FROM staff s WHERE s.active <> 1",
        "SELECT seen_at::text FROM staff",
        "SELECT json_extract(id, '$.a') FROM staff",
        "SELECT jsonb_array_length(id) FROM staff",
        "SELECT id ->> 'a' FROM staff",
        "SELECT id FROM staff LIMIT 1 FOR UPDATE SKIP LOCKED",
        "SELECT id FROM staff FOR UPDATE",
        "SELECT SUM(seen_at) FROM staff",
        "SELECT COALESCE(SUM(seen_at), 0) FROM staff",
        "SELECT CAST(seen_at AS INTEGER) FROM staff",
        "SELECT CAST(SUM(seen_at) AS NUMERIC) FROM staff",
        "SELECT id FROM staff WHERE id LIKE $1",
        "select id from staff where id ilike $1",
        "SELECT id FROM staff WHERE id = ?",
        "SELECT id FROM staff WHERE id = ANY($1)",
        "SELECT id FROM staff WHERE id == $1",
        "SELECT id FROM staff WHERE seen_at < NOW()",
        "INSERT OR IGNORE INTO staff (id) VALUES ($1)",
        "INSERT INTO staff VALUES ($1)",
        "SELECT * FROM staff",
        "SELECT s.* FROM staff s",
        "SELECT MAX(seen_at, $1) FROM staff",
        "SELECT id FROM staff WHERE id > $1",
        "SELECT id FROM staff ORDER BY seen_at",
        "SELECT id FROM staff ORDER BY id, seen_at DESC LIMIT 5",
        "SELECT id FROM staff WHERE \"id\" = $1",
    ] {
        assert!(!faults_of_statement(sql, &schema()).is_empty(), "nothing is said against: {sql}");
    }
}

#[test]
fn sound_statements_pass() {
    for sql in [
        "SELECT id, active FROM staff WHERE active = TRUE AND seen_at = $1 AND (id = $2 OR id = $1)",
        "INSERT INTO staff (id, active) VALUES ($1, FALSE) ON CONFLICT (id) DO UPDATE SET seen_at = $2 RETURNING id",
        "SELECT COALESCE(CAST(SUM(seen_at) AS BIGINT), 0) FROM staff",
        "SELECT COUNT(*), MAX(seen_at) FROM staff WHERE id = 'LIKE :: it''s ? \"'",
        "SELECT id FROM staff WHERE folded >= $1 AND folded < $2 AND seen_at > $3 ORDER BY seen_at NULLS LAST, id LIMIT $4",
        "DELETE FROM staff WHERE seen_at IS NULL -- LIKE nothing",
    ] {
        assert_eq!(faults_of_statement(sql, &schema()), Vec::<String>::new(), "{sql}");
    }
}

#[test]
fn broken_migrations_are_seen() {
    for sql in [
        "CREATE TABLE a (id UUID PRIMARY KEY);",
        "CREATE TABLE a (id TEXT PRIMARY KEY, at TIMESTAMP NOT NULL);",
        "CREATE TABLE a (id TEXT, size INTEGER, PRIMARY KEY (id));",
        "CREATE TABLE a (id BIGSERIAL PRIMARY KEY);",
        "CREATE TABLE a (id TEXT, tags JSONB);",
        "ALTER TABLE a ADD COLUMN at DATE;",
        "ALTER TABLE a ADD COLUMN IF NOT EXISTS at BIGINT;",
        "ALTER TABLE a ALTER COLUMN at SET NOT NULL;",
        "CREATE TABLE a (id TEXT DEFAULT CURRENT_TIMESTAMP);",
    ] {
        assert!(!faults_of_migration(sql).is_empty(), "nothing is said against: {sql}");
    }
    let sound =
        "CREATE TABLE a (id TEXT PRIMARY KEY, b BYTEA, UNIQUE (b)); CREATE INDEX a_b ON a (b) WHERE b IS NOT NULL;";
    assert_eq!(faults_of_migration(sound), Vec::<String>::new());
}

#[test]
fn statements_are_found_however_they_are_put_together() {
    let source = r#"
        //! "SELECT in a comment"
        macro_rules! staff { ($where:literal) => { concat!("SELECT id \
            FROM staff WHERE ", $where, " ORDER BY id",) }; }
        const ONE: &str = staff!("id = $1");
        pub const TWO: &str = "DELETE FROM staff \
                               WHERE id = $1";
        const OTHER: &str = "not a statement";
        fn f<'a>(quote: char) -> bool { quote == '"' && run("UPDATE staff SET id = 'x'") }
    "#;
    let found: Vec<_> = statements("f.rs", source).into_iter().map(|constant| (constant.name, constant.text)).collect();
    let due = [("ONE", "SELECT id FROM staff WHERE id = $1 ORDER BY id"), ("TWO", "DELETE FROM staff WHERE id = $1")];
    assert_eq!(found, due.map(|(name, text)| (name.to_owned(), text.to_owned())));
    assert_eq!(loose_statements("f.rs", source), ["f.rs: UPDATE staff SET id = 'x'"]);
}
