//! `channel`: open, top up, close and finish channels, and sign vouchers for them.

use std::path::Path;

use comfy_table::{presets::NOTHING, Table};
use serde_json::json;
use subxt::utils::AccountId32;
use tributary_engine::BlobSource;
use tributary_primitives::{
	ids::ChannelId, report::Item, report::Record, views::ChannelView, voucher::Voucher,
};

use super::{
	dataset::list,
	gateway::{default_state, lock},
	sent,
};
use crate::{
	amount::Amount,
	chain::{
		calls::{self, NewChannel},
		tx::{Outcome, Via},
		Call, Chain,
	},
	cli::Channel,
	context::{root_text, Answer, Context},
	error::{Error, Result},
	files::{read, replace_private, Lock},
	gateway::{book::Book, settle},
	keys::account,
	voucher::SignedVoucher,
};

pub async fn run(context: &Context, command: Channel) -> Result<Answer> {
	let chain = context.chain().await?;
	match command {
		Channel::Open { model, server, deposit, blocks, signer } => {
			let key = context.key()?;
			let new = NewChannel {
				model,
				server: account(&server)?,
				signer: match signer {
					Some(signer) => account(&signer)?,
					None => key.operator(),
				},
				deposit: deposit.0,
				lifetime: blocks,
			};
			let outcome = context.send(&chain, &calls::open_channel(&new), &key, Via::Pool).await?;
			Ok(sent(&outcome, || {
				format!(
					"channel {} is open up to block {}; vouchers may take {deposit}",
					number(&outcome, "Opened", "channel"),
					number(&outcome, "Opened", "expiresAt")
				)
			}))
		}
		Channel::TopUp { id, amount, expires_at } => {
			let call = calls::top_up_channel(id, amount.0, expires_at);
			let outcome = send(context, &chain, call).await?;
			Ok(sent(&outcome, || {
				let event = outcome.included().and_then(|tx| tx.event("Channels", "ToppedUp"));
				let deposit = event.and_then(|event| event.amount("deposit")).unwrap_or_default();
				format!(
					"vouchers of channel {id} may take {} up to block {}",
					Amount(deposit),
					number(&outcome, "ToppedUp", "expiresAt")
				)
			}))
		}
		Channel::Show { id } => {
			let found = chain.open_channel(id).await?;
			Ok(Answer::new(json!(found), describe(&found)))
		}
		Channel::List { account: named } => {
			let account = context.account(named.as_deref())?;
			let channels = chain.channels(&account).await?;
			Ok(Answer::new(json!({ "channels": channels }), table(&channels)))
		}
		Channel::Voucher { id, amount, outputs, nonce, out } => {
			let (content, count) = store_outputs(context, &outputs)?;
			let voucher = Voucher {
				amount: amount.0,
				outputs: content,
				nonce: nonce.unwrap_or(count as u64),
			};
			let signed =
				SignedVoucher::sign(context.key()?.pair(), &chain.genesis().0, id, voucher);
			let text = serde_json::to_string_pretty(&signed).map_err(Error::usage)?;
			if let Some(out) = &out {
				replace_private(out, text.as_bytes())?;
			}
			Answer::ordered(&signed, text)
		}
		Channel::Close { id, voucher, state } => {
			let (key, store) = (context.key()?, context.store()?);
			let mut held = None;
			let (signed, items) = match voucher {
				Some(path) => read_voucher(context, &path, id)?,
				None => {
					let default = || default_state(context, chain.genesis(), &key.account());
					let dir = state.unwrap_or_else(default);
					context.agree("Channels.close", &key)?;
					if !context.dry_run() {
						held = Some(hold(&dir)?);
					}
					let (mut book, signed) = last_voucher(&dir, id)?;
					if held.is_some() {
						// Should this end before the transaction does, a gateway sells nothing meanwhile.
						let until = settle::last_block(chain.best().await?.number);
						book.settle(book.settling().max(Some(until)))?;
					}
					(signed, book.items().to_vec())
				}
			};
			let call = settle::closing(&store, &signed, &items)?;
			let outcome = context.send(&chain, &call, &key, Via::Pool).await?;
			drop(held);
			Ok(sent(&outcome, || {
				let event = outcome.included().and_then(|tx| tx.event("Channels", "Closed"));
				let returned = event.and_then(|event| event.amount("returned"));
				format!(
					"channel {id} is closed: {} paid, {} returned",
					Amount(signed.voucher.amount),
					Amount(returned.unwrap_or_default())
				)
			}))
		}
		Channel::RequestClose { id } => {
			let outcome = send(context, &chain, calls::request_close_channel(id)).await?;
			Ok(sent(&outcome, || {
				let until = number(&outcome, "CloseRequested", "closingAt");
				format!(
					"the server may close channel {id} up to block {until}; finish it after that"
				)
			}))
		}
		Channel::Finish { id } => {
			let outcome = send(context, &chain, calls::finish_channel(id)).await?;
			Ok(sent(&outcome, || {
				let event = outcome.included().and_then(|tx| tx.event("Channels", "Finished"));
				let returned = event.and_then(|event| event.amount("returned"));
				format!("channel {id} is over: {} returned", Amount(returned.unwrap_or_default()))
			}))
		}
	}
}

async fn send(context: &Context, chain: &Chain, call: Call) -> Result<Outcome> {
	context.send(chain, &call, &context.key()?, Via::Pool).await
}

fn number(outcome: &Outcome, event: &str, field: &str) -> u64 {
	let event = outcome.included().and_then(|tx| tx.event("Channels", event));
	event.and_then(|event| event.number(field)).unwrap_or_default()
}

/// Stores outputs and their list, and gives the name of the list and the number of items.
fn store_outputs(
	context: &Context,
	outputs: &[std::path::PathBuf],
) -> Result<(tributary_primitives::blob::Content, usize)> {
	let store = context.store()?;
	let mut items = Vec::new();
	for output in outputs {
		let output = store.put(&read(output)?).map_err(Error::usage)?;
		items.extend_from_slice(&Item { output, reserved: [0; 24] }.to_bytes());
	}
	Ok((store.put(&items).map_err(Error::usage)?, outputs.len()))
}

/// A voucher from a file, with its list of outputs from the store.
fn read_voucher(
	context: &Context,
	path: &Path,
	channel: ChannelId,
) -> Result<(SignedVoucher, Vec<u8>)> {
	let signed: SignedVoucher = serde_json::from_slice(&read(path)?)
		.map_err(|error| Error::usage(format!("{}: {error}", path.display())))?;
	if signed.channel != channel {
		return Err(Error::usage(format!(
			"{} holds a voucher of channel {}, not of {channel}",
			path.display(),
			signed.channel
		)));
	}
	let outputs = signed.voucher.outputs;
	let store = context.store()?;
	let items = store.get(&outputs).map_err(|error| {
		Error::usage(format!("the voucher's list of outputs, {}: {error}", root_text(&outputs)))
	})?;
	Ok((signed, items.into_owned()))
}

/// Keeps gateways from the books in the folder `dir`: one that runs could take a later voucher than that which the
/// channel is closed with.
fn hold(dir: &Path) -> Result<Lock> {
	lock(dir)?.ok_or_else(|| {
		Error::usage(format!(
			"a gateway uses {} and closes its channels itself, also when their payers ask to. End it first.",
			dir.display()
		))
	})
}

/// The book of a channel, and the last voucher that a gateway took.
fn last_voucher(dir: &Path, channel: ChannelId) -> Result<(Book, SignedVoucher)> {
	let book = Book::open(dir, channel)?;
	let signed = book.signed().cloned().ok_or_else(|| {
		Error::usage(format!(
			"no voucher of channel {channel} is in {}: name one with --voucher, or the folder with \
			 --state",
			dir.display()
		))
	})?;
	Ok((book, signed))
}

fn describe(channel: &ChannelView<AccountId32>) -> String {
	let mut lines = vec![
		("channel", channel.id.to_string()),
		("model", channel.model.to_string()),
		("payer", channel.payer.to_string()),
		("signer", channel.signer.to_string()),
		("server", channel.server.to_string()),
		("deposit", Amount(channel.deposit).to_string()),
		("expires", format!("after block {}", channel.expires_at)),
	];
	if let Some(closing_at) = channel.closing_at {
		lines.push(("closing", format!("the server may close it up to block {closing_at}")));
	}
	list(&lines)
}

fn table(channels: &[ChannelView<AccountId32>]) -> String {
	let mut table = Table::new();
	table.load_style(NOTHING).set_header(["id", "model", "deposit", "expires", "payer", "server"]);
	for channel in channels {
		table.add_row([
			channel.id.to_string(),
			channel.model.to_string(),
			Amount(channel.deposit).to_string(),
			channel.closing_at.unwrap_or(channel.expires_at).to_string(),
			channel.payer.to_string(),
			channel.server.to_string(),
		]);
	}
	table.to_string()
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn the_books_of_a_gateway_that_runs_are_left_to_it() {
		let dir = tempfile::tempdir().unwrap();
		let gateway = lock(dir.path()).unwrap().unwrap();
		let error = hold(dir.path()).unwrap_err();
		assert_eq!(error.exit_code(), 2);
		assert!(error.to_string().contains("End it first"), "{error}");
		drop(gateway);
		let held = hold(dir.path()).unwrap();
		assert!(lock(dir.path()).unwrap().is_none(), "and none begins meanwhile");
		drop(held);
		assert!(last_voucher(dir.path(), 7).is_err(), "there is no voucher");
	}
}
