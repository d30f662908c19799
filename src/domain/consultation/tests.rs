//! The rules of a visit: every state × command pair, who may, and what random commands never break.

mod entitled;
mod fixture;
mod inviting;
mod joining;
mod moving;
mod random;
mod renewing;
mod states;
mod table;
mod texting;
