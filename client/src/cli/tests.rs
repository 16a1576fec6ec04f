use super::*;
use clap::CommandFactory;

#[test]
fn the_command_line_is_consistent() {
	Cli::command().debug_assert();
}

#[test]
fn a_claim_names_one_thing() {
	let parse = |line: &str| Cli::try_parse_from(line.split(' '));
	assert!(parse("tributary claim --all").is_ok());
	assert!(parse("tributary claim --model 1 --epoch 2").is_ok());
	assert!(parse("tributary claim --lineage 1 --ancestor 0").is_ok());
	assert!(parse("tributary claim passed 3").is_ok());
	assert!(parse("tributary claim passed 3 --entry 0 --entry 4").is_ok());
	for wrong in
		["", " --all passed 3", " --model 1", " --lineage 1", " --all --owner 1", " --epoch 1"]
	{
		assert!(parse(&format!("tributary claim{wrong}")).is_err(), "{wrong}");
	}
}

#[test]
fn demands_are_bounded_where_they_are_made() {
	let parse = |line: &str| Cli::try_parse_from(line.split(' '));
	let Command::Watch(watch) = parse("tributary watch --demand").unwrap().command else {
		panic!("a watch")
	};
	assert_eq!(watch.max_demands, 64);
	assert!(parse("tributary watch --max-demands 2").is_err());
}
