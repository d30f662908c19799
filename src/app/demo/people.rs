//! The invented people of the demo.

/// Name, date of birth, and relatives as (name, relation).
pub(super) type Invented = (&'static str, &'static str, &'static [(&'static str, &'static str)]);

/// The demo's patients. The first ones have today's visits.
pub(super) const PATIENTS: &[Invented] = &[
    ("Aurelio Barragán Téllez", "1948-03-14", &[("Marta Barragán Ruiz", "hija"), ("Elías Barragán Ruiz", "hijo")]),
    ("Tomás Olvera Quiroz", "1950-02-11", &[("Rosa Olvera Lima", "hija"), ("Julián Olvera Lima", "hijo")]),
    ("Celia Montaño Prado", "1962-07-30", &[("Darío Sáenz Montaño", "hijo")]),
    ("Hortensia Vidaurri Leal", "1939-11-02", &[("Noemí Cantú Vidaurri", "hija"), ("Saúl Cantú Vidaurri", "nieto")]),
    ("Ramiro Echeverría Luna", "1971-05-19", &[("Perla Nájera Solís", "esposa")]),
    ("Graciela Uribe Tovar", "1955-09-08", &[("Octavio Lara Uribe", "hijo")]),
    ("Ignacio Zamudio Reyna", "1946-01-25", &[("Lidia Zamudio Mora", "hija"), ("Bruno Zamudio Mora", "hijo")]),
    ("Elvira Casanova Díaz", "1958-12-17", &[("Mateo Ferrer Casanova", "hijo")]),
    ("Fermín Arriaga Soto", "1967-04-04", &[("Jimena Arriaga Peña", "hija")]),
    ("Ofelia Barrientos Gil", "1943-08-21", &[("Rubén Macías Barrientos", "hijo"), ("Alma Macías Barrientos", "hija")]),
    ("Leandro Covarrubias Paz", "1980-10-10", &[("Irene Paz Molina", "madre")]),
    ("Consuelo Dávalos Ibarra", "1952-06-06", &[("Gerardo Nava Dávalos", "hijo")]),
    ("Eusebio Fajardo Rangel", "1937-02-28", &[("Teresa Fajardo Ochoa", "hija")]),
    ("Mireya Galindo Serna", "1975-03-03", &[("Andrés Galindo Serna", "hermano")]),
    ("Porfirio Huerta Campos", "1949-07-07", &[("Clara Huerta Villa", "hija"), ("Hugo Huerta Villa", "hijo")]),
    ("Amparo Iglesias Rojo", "1961-01-13", &[("Felipe Duarte Iglesias", "hijo")]),
    ("Jacinto Jasso Medina", "1944-05-29", &[("Norma Jasso Treviño", "hija")]),
    ("Delfina Kuri Salas", "1966-09-16", &[("Emilio Kuri Salas", "hermano")]),
    ("Wenceslao Lozano Rivas", "1941-12-01", &[("Sonia Lozano Bravo", "hija")]),
    ("Matilde Maldonado Cruz", "1957-10-23", &[("Iván Pineda Maldonado", "hijo")]),
    ("Evaristo Navarrete Gil", "1953-04-18", &[("Paola Navarrete Ríos", "hija")]),
    ("Herminia Ordaz Velasco", "1940-08-09", &[("Raúl Vega Ordaz", "hijo")]),
    ("Abundio Palomares Lugo", "1963-11-27", &[("Nadia Palomares Cid", "hija")]),
    ("Socorro Quintanilla Ayala", "1947-06-15", &[("Joel Ávila Quintanilla", "hijo")]),
    ("Nicanor Rentería Duarte", "1959-02-02", &[("Olga Rentería Sosa", "hija")]),
    ("Florinda Samaniego Vera", "1970-07-19", &[("Arturo Vera Luna", "esposo")]),
    ("Gumersindo Tamez Flores", "1945-03-26", &[("Laura Tamez Garza", "hija")]),
    ("Eulalia Urquiza Benítez", "1964-05-05", &[("Marco Solano Urquiza", "hijo")]),
    ("Baltazar Villaseñor Cano", "1951-09-30", &[("Diana Villaseñor Orta", "hija")]),
    ("Casimira Yáñez Corona", "1938-10-12", &[("Pedro Corona Yáñez", "hijo")]),
    ("Rigoberto Zepeda Arce", "1973-01-08", &[("Luisa Arce Galván", "madre")]),
    ("Ernestina Alcocer Pardo", "1956-04-22", &[("Tania Robles Alcocer", "hija")]),
    ("Cipriano Bustos Meza", "1942-06-28", &[("Víctor Bustos Lara", "hijo")]),
    ("Dolores Cervantes Rea", "1969-08-14", &[("Ángela Rea Fuentes", "tía")]),
    ("Anselmo Degollado Ruiz", "1954-12-20", &[("Silvia Degollado Neri", "hija")]),
    ("Refugio Esquivel Toral", "1960-02-16", &[("Omar Esquivel Toral", "hermano")]),
];

/// Role, e-mail, name, and ward (an index into [`WARDS`]). The first of each role is the one to sign in as.
pub(super) const STAFF: &[(&str, &str, &str, Option<usize>)] = &[
    ("doctor", "ines.soto@hospital.example", "Dra. Inés Soto Amaya", None),
    ("clerk", "pilar.cruz@hospital.example", "Pilar Cruz Herrera", None),
    ("ward", "memo.rios@hospital.example", "Guillermo Ríos Vera", Some(0)),
    ("admin", "ada.luna@hospital.example", "Ada Luna Campos", None),
    ("doctor", "carlos.mendez@hospital.example", "Dr. Carlos Méndez Rico", None),
    ("doctor", "lucia.pardo@hospital.example", "Dra. Lucía Pardo Wong", None),
    ("ward", "sara.leon@hospital.example", "Sara León Tapia", Some(1)),
];

/// The demo's wards.
pub(super) const WARDS: &[&str] = &["Medicina interna", "Terapia intermedia"];
