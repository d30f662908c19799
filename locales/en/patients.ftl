# Patients and their relatives.
