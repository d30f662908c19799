//! What else the large hospital is put together from: relations, wards, and reasons for visits.

pub(super) const RELATIONS: &[&str] =
    &["hija", "hijo", "esposa", "esposo", "hermana", "hermano", "nieta", "madre", "padre"];

pub(super) const WARDS: &[&str] = &[
    "Cardiología",
    "Cirugía general",
    "Cuidados paliativos",
    "Dermatología",
    "Endocrinología",
    "Gastroenterología",
    "Geriatría",
    "Ginecología",
    "Hematología",
    "Infectología",
    "Nefrología",
    "Neumología",
    "Neurología",
    "Oncología",
    "Ortopedia",
    "Pediatría",
    "Terapia intensiva",
    "Urología",
];

pub(super) const REASONS: &[&str] = &[
    "Control de presión arterial",
    "Seguimiento de diabetes",
    "Resultados de laboratorio",
    "Revisión de herida",
    "Ajuste de tratamiento",
    "Renovación de receta",
    "Control después del alta",
    "Dolor de espalda",
    "Revisión anual",
];
