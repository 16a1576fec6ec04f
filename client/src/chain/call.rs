//! Calls, built in the types of the protocol and checked against the metadata of the chain at hand.
//!
//! There is no generated code here and no committed metadata file: a file would have to follow every
//! runtime by hand, and one that lags behind is noticed only when a transaction fails. Instead each
//! argument carries its name. On encoding, the names must be exactly those of the call in the node's
//! own metadata, and the bytes of a protocol type must decode as the type that stands there. So a
//! program and a runtime that do not fit together are told apart before anything is signed.

use codec::Encode;
use subxt::{
	ext::{
		scale_decode::visitor::{decode_with_visitor, IgnoreVisitor},
		scale_encode::{self, EncodeAsFields, EncodeAsType},
		scale_type_resolver::{FieldIter, TypeResolver},
		scale_value::Value,
	},
	transactions::Payload,
};

/// A call with named arguments.
#[derive(Clone, Debug)]
pub struct Call {
	pallet: &'static str,
	name: &'static str,
	arguments: Arguments,
}

/// The arguments of a call, by name.
#[derive(Clone, Debug, Default)]
pub struct Arguments(Vec<(&'static str, Argument)>);

#[derive(Clone, Debug)]
enum Argument {
	/// Encoded as whatever type the metadata has for it.
	Plain(Value),
	/// Already encoded, because its type is the protocol's own.
	Scale(Vec<u8>),
}

impl Call {
	/// The call `name` of `pallet`, without arguments.
	pub fn new(pallet: &'static str, name: &'static str) -> Self {
		Self { pallet, name, arguments: Arguments::default() }
	}

	/// Adds an argument that is encoded as whatever type the metadata has for it.
	pub fn plain(mut self, name: &'static str, value: impl Into<Value>) -> Self {
		self.arguments.0.push((name, Argument::Plain(value.into())));
		self
	}

	/// Adds an argument whose type is the protocol's own.
	pub fn scale(mut self, name: &'static str, value: &impl Encode) -> Self {
		self.arguments.0.push((name, Argument::Scale(value.encode())));
		self
	}

	/// Adds an argument that is already encoded.
	pub fn encoded(mut self, name: &'static str, bytes: Vec<u8>) -> Self {
		self.arguments.0.push((name, Argument::Scale(bytes)));
		self
	}

	/// `Pallet.call`, for people.
	pub fn title(&self) -> String {
		format!("{}.{}", self.pallet, self.name)
	}
}

impl Payload for Call {
	type CallData = Arguments;

	fn pallet_name(&self) -> &str {
		self.pallet
	}

	fn call_name(&self) -> &str {
		self.name
	}

	fn call_data(&self) -> &Arguments {
		&self.arguments
	}
}

impl EncodeAsFields for Arguments {
	fn encode_as_fields_to<R: TypeResolver>(
		&self,
		fields: &mut dyn FieldIter<'_, R::TypeId>,
		types: &R,
		out: &mut Vec<u8>,
	) -> Result<(), scale_encode::Error> {
		let wrong = |text: String| scale_encode::Error::custom_string(text);
		let mut used = 0;
		for field in fields {
			let name = field.name.unwrap_or_default();
			let (_, argument) =
				self.0.iter().find(|(given, _)| *given == name).ok_or_else(|| {
					wrong(format!(
						"the runtime asks for `{name}`, which this program does not know"
					))
				})?;
			used += 1;
			match argument {
				Argument::Plain(value) => value.encode_as_type_to(field.id, types, out)?,
				Argument::Scale(bytes) => {
					let mut rest = bytes.as_slice();
					let visitor = IgnoreVisitor::<R>::new();
					let decoded = decode_with_visitor(&mut rest, field.id, types, visitor);
					if decoded.is_err() || !rest.is_empty() {
						return Err(wrong(format!("the runtime has another type for `{name}`")));
					}
					out.extend_from_slice(bytes);
				}
			}
		}
		if used != self.0.len() {
			return Err(wrong("the runtime takes fewer arguments than this program gives".into()));
		}
		Ok(())
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use scale_info::{meta_type, PortableRegistry, Registry};
	use subxt::ext::scale_type_resolver::Field;
	use tributary_primitives::blob::{open_tail, Content, Opening};

	fn encode(
		call: &Call,
		fields: &[(&'static str, scale_info::MetaType)],
	) -> Result<Vec<u8>, String> {
		let mut registry = Registry::new();
		let ids: Vec<_> =
			fields.iter().map(|(name, ty)| (*name, registry.register_type(ty).id)).collect();
		let types: PortableRegistry = registry.into();
		let mut fields = ids.iter().map(|(name, id)| Field::named(*id, name));
		call.call_data().encode_as_fields(&mut fields, &types).map_err(|error| error.to_string())
	}

	fn call() -> Call {
		Call::new("Pallet", "call")
			.scale("tail", &open_tail(b"abc").unwrap())
			.plain("seq", 7u128)
			.scale("content", &Content::of(b"abc"))
	}

	#[test]
	fn arguments_take_the_order_and_the_types_of_the_metadata() {
		let fields = [
			("seq", meta_type::<u64>()),
			("content", meta_type::<Content>()),
			("tail", meta_type::<Box<Opening>>()),
		];
		let expected = (7u64, Content::of(b"abc"), open_tail(b"abc").unwrap()).encode();
		assert_eq!(encode(&call(), &fields).unwrap(), expected);
	}

	#[test]
	fn a_runtime_of_another_release_is_noticed() {
		let content = ("content", meta_type::<Content>());
		let tail = ("tail", meta_type::<Opening>());
		let more = [("seq", meta_type::<u64>()), content, tail, ("more", meta_type::<u8>())];
		assert!(encode(&call(), &more).unwrap_err().contains("`more`"));
		assert!(encode(&call(), &more[..2]).unwrap_err().contains("fewer"));
		let other = [("seq", meta_type::<u64>()), ("content", meta_type::<u64>()), tail];
		assert!(encode(&call(), &other).unwrap_err().contains("`content`"));
	}
}
