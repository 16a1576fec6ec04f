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
	assert!(parse("tributary claim --model 1 --epoch 2 --dataset 0").is_ok());
	assert!(parse("tributary claim --dataset 0 --from-epoch 3").is_ok());
	assert!(parse("tributary claim --lineage 1 --ancestor 0").is_ok());
	assert!(parse("tributary claim --owner 1 --owner 2 --lineage 1 --ancestor 0").is_ok());
	assert!(parse("tributary claim passed 3").is_ok());
	assert!(parse("tributary claim passed 3 --entry 0 --entry 4").is_ok());
	for wrong in [
		"",
		" --all passed 3",
		" --model 1",
		" --lineage 1",
		" --all --owner 1",
		" --epoch 1",
		" --model 1 --epoch 2 --owner 1",
		" --owner 1 --ancestor 0",
		" --dataset 0 --owner 1",
		" --dataset 0 --epoch 1",
		" --all --dataset 0",
		" --from-epoch 3",
	] {
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

#[test]
fn a_lineage_claim_may_name_a_tenure() {
	let parse = |line: &str| Cli::try_parse_from(line.split(' '));
	let Command::Claim(claim) =
		parse("tributary claim --lineage 1 --ancestor 0 --tenure 2").unwrap().command
	else {
		panic!("a claim")
	};
	assert_eq!((claim.lineage, claim.ancestor, claim.tenure), (Some(1), Some(0), Some(2)));
	assert!(parse("tributary claim --owner 1 --tenure 2").is_err());
}

#[test]
fn a_gateway_listens_on_this_machine_alone_unless_told_otherwise() {
	let parse = |words: &[&str]| Cli::try_parse_from([&["tributary", "gateway"], words].concat());
	let serve = ["serve", "--model", "1", "--command", "cat -u", "--price", "0.5"];
	let Command::Gateway(Gateway::Serve(arguments)) = parse(&serve).unwrap().command else {
		panic!("a gateway")
	};
	assert!(arguments.listen.ip().is_loopback());
	assert_eq!((arguments.command.as_str(), arguments.margin), ("cat -u", 20));
	assert!(parse(&serve[..5]).is_err(), "an answer has a price");
	let ask = ["ask", "http://127.0.0.1:9950", "one", "two", "--channel", "3"];
	assert!(parse(&ask).is_err(), "a payer says what it accepts");
	assert!(parse(&[&ask[..], &["--max-price", "0.5"]].concat()).is_ok());
	assert!(parse(&[&["ask", "ws://x:1"], &ask[2..], &["--max-price", "1"]].concat()).is_err());
}

#[test]
fn a_trade_gives_one_thing() {
	let parse = |line: &str| Cli::try_parse_from(line.split(' '));
	assert!(parse("tributary market swap model:0 --pay 1").is_ok());
	assert!(parse("tributary market swap model:0 --sell 5 --least 0.1").is_ok());
	assert!(parse("tributary market quote dataset:2 --sell 5").is_ok());
	assert!(parse("tributary market remove model:0 --all").is_ok());
	for wrong in [
		"swap model:0",
		"swap model:0 --pay 1 --sell 1",
		"swap model:0 --sell 0",
		"swap model:0 --sell 1 --least 1 --slippage 1%",
		"remove model:0",
		"remove model:0 --all --units 3",
		"quote model --pay 1",
	] {
		assert!(parse(&format!("tributary market {wrong}")).is_err(), "{wrong}");
	}
}

#[test]
fn channels_are_named_by_number() {
	let parse = |line: &str| Cli::try_parse_from(line.split(' '));
	for right in [
		"open 1 --server bob --deposit 10 --blocks 100",
		"open 1 --server bob --deposit 10 --blocks 100 --signer //Alice//vouchers",
		"top-up 7 --amount 5",
		"top-up 7 --expires-at 900",
		"list",
		"list bob",
		"show 7",
		"voucher 7 --amount 1 --output a b c --nonce 9 --out v.json",
		"close 7",
		"close 7 --voucher v.json",
		"request-close 7",
		"finish 7",
	] {
		assert!(parse(&format!("tributary channel {right}")).is_ok(), "{right}");
	}
	assert!(parse("tributary channel close 7 --voucher v.json --state d").is_err());
	assert!(parse("tributary channel voucher 7 --amount 1").is_err());
}
