use super::*;
use clap::CommandFactory;

#[test]
fn the_command_line_is_consistent() {
	Cli::command().debug_assert();
}

#[test]
fn pins_are_read() {
	assert_eq!(parse_pin("0@3"), Ok((0, 3)));
	assert!(parse_pin("0").is_err());
	assert!(parse_pin("0@x").is_err());
}

#[test]
fn a_claim_names_one_thing() {
	let parse = |line: &str| Cli::try_parse_from(line.split(' '));
	assert!(parse("tributary claim --all").is_ok());
	assert!(parse("tributary claim --model 1 --epoch 2").is_ok());
	assert!(parse("tributary claim --lineage 1 --ancestor 0").is_ok());
	for wrong in ["", " --model 1", " --lineage 1", " --all --owner 1", " --epoch 1"] {
		assert!(parse(&format!("tributary claim{wrong}")).is_err(), "{wrong}");
	}
}
