//! The `antesala` program.

fn main() -> std::process::ExitCode {
    antesala::app::cli::main()
}
