//! `gateway`: sell a program's answers for vouchers, and buy them.

use std::{
	io::Read,
	path::{Path, PathBuf},
	process::ExitCode,
	sync::Arc,
	time::Duration,
};

use serde_json::{json, Value as Json};
use subxt::utils::{AccountId32, H256};
use tokio::{net::TcpListener, task::JoinHandle};
use tributary_primitives::report::MAX_ITEMS;

use super::follow::{follow, Follower};
use crate::{
	amount::Amount,
	chain::Chain,
	cli::{Gateway, GatewayAsk, GatewayServe},
	context::{Answer, Context},
	ending::Ending,
	error::{Error, Result},
	files,
	gateway::{
		http::Client,
		payer::{Limits, Paid, Payer},
		places::capacity,
		program::Program,
		server::serve,
		service::{Books, Service},
		settle::{Settler, Settling},
		view::SharedChain,
		wire::Terms,
	},
};

pub async fn run(context: &Context, command: Gateway) -> Result<ExitCode> {
	match command {
		Gateway::Serve(arguments) => sell(context, arguments).await,
		Gateway::Ask(arguments) => {
			context.print(&buy(context, arguments).await?);
			Ok(ExitCode::SUCCESS)
		}
	}
}

/// Where a gateway keeps its vouchers where nothing else is said.
pub fn default_state(context: &Context, genesis: H256, account: &AccountId32) -> PathBuf {
	below(context.data_dir(), "gateway", genesis).join(hex::encode(account.0))
}

/// Keeps others from the books in the folder `dir`; `None` where a gateway uses them.
///
/// # Errors
/// Where the file system refuses.
pub fn lock(dir: &Path) -> Result<Option<files::Lock>> {
	files::lock(&dir.join("lock"))
}

fn below(data: &Path, what: &str, genesis: H256) -> PathBuf {
	data.join(what).join(hex::encode(genesis.as_bytes()))
}

async fn sell(context: &Context, arguments: GatewayServe) -> Result<ExitCode> {
	let chain = context.chain().await?;
	let mut seller = seller(context, chain.clone(), arguments).await?;
	// Whoever has read the address may have it end.
	let mut ending = Ending::listen()?;
	context.print(seller.terms());
	context.note("serving; end with Ctrl-C");
	let ended = tokio::select! {
		ended = follow(context, chain, &mut seller) => ended,
		ended = ending.asked() => ended,
	};
	ended.map(|()| ExitCode::SUCCESS)
}

/// A gateway that serves until it is dropped, and closes its channels in time where it is shown each new
/// block.
pub struct Seller<'a> {
	settler: Settler<'a>,
	serving: JoinHandle<()>,
	terms: Answer,
	/// What keeps others from its books.
	_lock: files::Lock,
}

impl Seller<'_> {
	/// What it serves, for how much and where, to be printed.
	pub fn terms(&self) -> &Answer {
		&self.terms
	}

	/// Says whether it sells answers: who may not close channels is not paid for them.
	pub fn set_sells(&self, sells: bool) {
		self.settler.set_sells(sells);
	}
}

impl Follower for Seller<'_> {
	async fn on_block(&mut self, chain: &Chain, number: u64) -> Result<()> {
		self.settler.on_block(chain, number).await
	}
}

impl Drop for Seller<'_> {
	fn drop(&mut self) {
		self.serving.abort();
	}
}

/// Begins to serve as `arguments` say.
///
/// # Errors
/// Where the key, the model or the books can not be read, another gateway uses the books, or the address is
/// taken, or the chain takes no payment as small as the price.
pub async fn seller<'a>(
	context: &'a Context,
	chain: Chain,
	arguments: GatewayServe,
) -> Result<Seller<'a>> {
	if context.dry_run() {
		return Err(Error::usage("a gateway closes channels: it has no --dry-run"));
	}
	let key = context.key()?;
	let account = key.account();
	let model = chain.model(arguments.model).await?;
	let dir = arguments.state.unwrap_or_else(|| default_state(context, chain.genesis(), &account));
	let lock = lock(&dir)?.ok_or_else(|| {
		Error::usage(format!(
			"another gateway uses {}. Stop it, or name another folder with --state.",
			dir.display()
		))
	})?;
	let least = chain.settings().await?.min_payment;
	check_price(arguments.price, least)?;
	let timeout = Duration::from_secs(arguments.timeout);
	let at_once = usize::try_from(arguments.at_once).unwrap_or(1);
	let program = Program::new(&arguments.command, arguments.max_answer, timeout, at_once)?;
	let terms = Terms {
		genesis: chain.genesis().0,
		model: model.id,
		server: account,
		price: arguments.price.0,
		max_prompt: arguments.max_prompt,
		max_answer: program.max_answer(),
		margin: arguments.margin,
	};
	// What can not be read is noticed before anything is sold.
	let (store, shared) = (context.store()?, SharedChain::new(chain.clone()));
	// Payers may ask to close all channels at once, or have them expire at once.
	let window = chain.constant("Channels", "CloseWindow").await?;
	let window = u32::try_from(window).unwrap_or(u32::MAX).min(arguments.margin);
	let max_owing = capacity(window, key.agent().is_some());
	let books = Books { dir: dir.clone(), max_items: MAX_ITEMS, max_owing };
	let service = Service::new(shared.clone(), terms.clone(), program, store.clone(), books, least);
	let known = service.load()?;
	context.agree("Channels.close, for each channel in time,", &key)?;

	let refused = |error| {
		Error::usage(format!(
			"can not listen at {}: {error}. Name another address with --listen.",
			arguments.listen
		))
	};
	let listener = TcpListener::bind(arguments.listen).await.map_err(refused)?;
	let address = listener.local_addr().map_err(refused)?;
	let mut json = json!(terms);
	json["url"] = json!(format!("http://{address}"));
	json["state"] = json!(dir);
	json["channels"] = json!(known);
	let text = format!(
		"http://{address}\nan answer of model {} costs {}; open a channel to {account}",
		model.id, arguments.price
	);
	let terms = Answer::new(json, text);
	if !address.ip().is_loopback() {
		context.note("others can reach this address, and nothing encrypts what they say");
	}

	let service = Arc::new(service);
	let serving = tokio::spawn(serve(listener, service.clone()));
	let settling = Settling { margin: arguments.margin, at: arguments.settle_at.map(|at| at.0) };
	let settler = Settler::new(context, shared, key, service, store, settling);
	Ok(Seller { settler, serving, terms, _lock: lock })
}

/// A channel whose vouchers stay below the chain's least payment can not be closed, and its answers would be free.
///
/// # Errors
/// Where an answer costs less than `least` planck.
fn check_price(price: Amount, least: u128) -> Result<()> {
	if price.0 >= least {
		return Ok(());
	}
	Err(Error::usage(format!(
		"the chain takes no payment below {}, and an answer is to cost {price}: raise --price to that.",
		Amount(least)
	)))
}

async fn buy(context: &Context, arguments: GatewayAsk) -> Result<Answer> {
	let key = context.key()?;
	let chain = context.chain().await?;
	let channel = chain.open_channel(arguments.channel).await?;
	let dir =
		arguments.state.unwrap_or_else(|| below(context.data_dir(), "channels", chain.genesis()));
	if context.dry_run() {
		return Err(Error::usage(
			"an answer is paid for when it is asked for: there is no --dry-run",
		));
	}
	let store = context.store()?;
	let client = Client::new(arguments.url.clone(), Duration::from_secs(arguments.timeout));
	let limits = Limits { max_price: arguments.max_price.0, max_bytes: arguments.max_bytes };
	context.agree(&format!("vouchers of at most {} an answer", arguments.max_price), &key)?;
	let genesis = chain.genesis().0;
	let mut payer =
		Payer::open(client, genesis, key.pair().clone(), channel, limits, store.clone(), &dir)?;
	let (mut answers, mut lines) = (Vec::new(), Vec::new());
	let mut failed = None;
	for prompt in &arguments.prompts {
		let prompt = match prompt.as_str() {
			"-" => read_prompt()?,
			prompt => prompt.to_owned(),
		};
		let mut paid = Vec::new();
		let asked = payer.ask(&prompt, &mut paid).await;
		for paid in &paid {
			lines.push(String::from_utf8_lossy(&paid.bytes).trim_end().to_owned());
			answers.push(to_json(paid));
		}
		if let Err(error) = asked {
			failed = Some(error);
			break;
		}
	}
	// Whoever attributes asks for the list.
	if payer.book().nonce() > 0 {
		store.put(payer.book().items()).map_err(Error::usage)?;
	}
	match failed {
		Some(error) if answers.is_empty() => return Err(error),
		Some(error) => context.note(format!("not all was answered: {error}")),
		None => {}
	}
	let amount = payer.book().amount();
	let json = json!({
		"channel": payer.book().channel(),
		"answers": answers,
		"amount": amount.to_string(),
		"complete": answers.iter().filter(|answer| answer["earlier"] == json!(false)).count()
			== arguments.prompts.len(),
	});
	context.note(format!("channel {} has paid {} in all", payer.book().channel(), Amount(amount)));
	Ok(Answer::new(json, lines.join("\n")))
}

fn read_prompt() -> Result<String> {
	let mut prompt = String::new();
	std::io::stdin()
		.read_to_string(&mut prompt)
		.map_err(|error| Error::usage(format!("the prompt on standard input: {error}")))?;
	Ok(prompt)
}

fn to_json(paid: &Paid) -> Json {
	json!({
		"item": paid.item,
		"text": std::str::from_utf8(&paid.bytes).ok(),
		"price": paid.price.map(|price| price.to_string()),
		"amount": paid.amount.to_string(),
		"earlier": paid.earlier,
	})
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn a_price_below_the_least_payment_is_refused_with_that_payment() {
		let least = 10_000_000_000;
		assert!(check_price(Amount(least), least).is_ok());
		let error = check_price(Amount(least / 10), least).unwrap_err();
		assert_eq!(error.exit_code(), 2);
		assert!(error.to_string().contains("below 0.01 TRIB"), "{error}");
	}
}
