//! Calls as people write them, by the names of the chain's metadata.
//!
//! A call is `{"call": "Pallet.call", "args": {..}}`, or its SCALE bytes in hex. Arguments are named as in the
//! runtime, in snake or camel case. Accounts are written as everywhere in this program, bytes as 0x-prefixed
//! hex or text, an option as its value or `null`, a variant as its name or `{"Name": fields}`. Numbers of 128 bits
//! are planck where no unit is given: `"5000"`, `"0.5 TRIB"`.

use codec::{Compact, Encode};
use scale_info::{form::PortableForm, Field, PortableRegistry, TypeDef, TypeDefPrimitive};
use serde_json::{Map, Value as Json};
use subxt::{metadata::ArcMetadata, utils::AccountId32};
use tributary_primitives::agent::CallIndex;

use super::{events::camel_case, Chain};
use crate::{
	amount::{Amount, Rate},
	error::{Error, Result},
	keys,
};

/// The names of a runtime's calls.
#[derive(Clone)]
pub struct Names(ArcMetadata);

type Written<T> = std::result::Result<T, String>;
type Fields = [Field<PortableForm>];

impl Chain {
	/// The names of the calls of the best block's runtime.
	///
	/// # Errors
	/// Where the node does not answer.
	pub async fn names(&self) -> Result<Names> {
		Ok(Names(self.at(self.best().await?.hash).await?.metadata()))
	}
}

impl Names {
	/// Those of a runtime with this metadata.
	pub fn new(metadata: ArcMetadata) -> Self {
		Self(metadata)
	}

	/// `Pallet.call`, or its two numbers where the runtime has no such call.
	pub fn name(&self, index: CallIndex) -> String {
		let pallet = self.0.pallet_by_call_index(index.pallet);
		let name = pallet.and_then(|pallet| {
			let call = pallet.call_variant_by_index(index.call)?;
			Some(format!("{}.{}", pallet.name(), call.name))
		});
		name.unwrap_or_else(|| format!("{}.{}", index.pallet, index.call))
	}

	/// The numbers of `Pallet.call`.
	///
	/// # Errors
	/// Where the runtime has no call of that name.
	pub fn index(&self, name: &str) -> Result<CallIndex> {
		let unknown = |what: String| {
			Error::usage(format!("{what}. Write a call as Pallet.call, such as System.remark"))
		};
		let (pallet, call) = name
			.split_once('.')
			.ok_or_else(|| unknown(format!("`{name}` names no call of the runtime")))?;
		let pallet = self
			.0
			.pallet_by_name(pallet)
			.ok_or_else(|| unknown(format!("the runtime has no pallet `{pallet}`")))?;
		let call = pallet.call_variant_by_name(call).ok_or_else(|| {
			unknown(format!("the runtime's pallet {} has no call `{call}`", pallet.name()))
		})?;
		Ok(CallIndex { pallet: pallet.call_index(), call: call.index })
	}

	/// The SCALE bytes of a written call.
	///
	/// # Errors
	/// Where it is no call of the runtime; the message says where.
	pub fn encode(&self, written: &Json) -> Result<Vec<u8>> {
		let mut bytes = Vec::new();
		self.call(written, &mut bytes).map_err(Error::usage)?;
		Ok(bytes)
	}

	fn types(&self) -> &PortableRegistry {
		self.0.types()
	}

	fn call(&self, written: &Json, out: &mut Vec<u8>) -> Written<()> {
		if let Some(hex) = written.as_str() {
			out.extend(from_hex(hex).ok_or("a call is written as an object, or as 0x and hex")?);
			return Ok(());
		}
		let none = Json::Object(Map::new());
		let name = written["call"].as_str().ok_or("`call` is missing: it names Pallet.call")?;
		let args = written.get("args").unwrap_or(&none);
		let index = self.index(name).map_err(|error| error.to_string())?;
		let variant = self
			.0
			.pallet_by_call_index(index.pallet)
			.and_then(|pallet| pallet.call_variant_by_index(index.call))
			.ok_or_else(|| format!("the runtime has no call {name}"))?;
		out.extend([index.pallet, index.call]);
		self.fields(args, &variant.fields, out).map_err(|wrong| format!("{name}: {wrong}"))
	}

	/// The fields of a composite, a variant or a call.
	fn fields(&self, json: &Json, fields: &Fields, out: &mut Vec<u8>) -> Written<()> {
		if fields.iter().any(|field| field.name.is_some()) {
			let given = json.as_object().ok_or("an object is expected, with the fields by name")?;
			let is = |field: &Field<PortableForm>, key: &str| {
				let name = field.name.as_deref().unwrap_or_default();
				name == key || camel_case(name) == key
			};
			if let Some(key) = given.keys().find(|key| !fields.iter().any(|field| is(field, key))) {
				return Err(format!("there is no field `{key}`"));
			}
			for field in fields {
				let name = field.name.as_deref().unwrap_or_default();
				// An option may be left out.
				let (_, value) = given
					.iter()
					.find(|(key, _)| is(field, key))
					.map_or((name, &Json::Null), |(_, value)| (name, value));
				self.value(value, field.ty.id, out).map_err(|wrong| format!("{name}: {wrong}"))?;
			}
			return Ok(());
		}
		match fields {
			[] => Ok(()),
			[one] => self.value(json, one.ty.id, out),
			several => {
				let ids: Vec<_> = several.iter().map(|field| field.ty.id).collect();
				self.tuple(json, &ids, out)
			}
		}
	}

	fn tuple(&self, json: &Json, ids: &[u32], out: &mut Vec<u8>) -> Written<()> {
		let items = json.as_array().filter(|items| items.len() == ids.len());
		let items = items.ok_or_else(|| format!("a list of {} is expected", ids.len()))?;
		items.iter().zip(ids).try_for_each(|(item, id)| self.value(item, *id, out))
	}

	fn value(&self, json: &Json, id: u32, out: &mut Vec<u8>) -> Written<()> {
		let ty = self.types().resolve(id).ok_or("the metadata lacks a type")?;
		let ident = ty.path.ident().unwrap_or_default();
		match (ident.as_str(), json.as_str()) {
			_ if id == self.0.outer_enums().call_enum_ty() => return self.call(json, out),
			("AccountId32", Some(text)) => return account(text, out),
			("MultiAddress", Some(text)) => {
				// The first of its variants is an account.
				out.push(0);
				return account(text, out);
			}
			("Perbill", Some(text)) => {
				out.extend(text.parse::<Rate>()?.0.encode());
				return Ok(());
			}
			_ => {}
		}
		match &ty.type_def {
			TypeDef::Composite(composite) => self.fields(json, &composite.fields, out),
			TypeDef::Variant(variants) if ident == "Option" => {
				let some = variants.variants.iter().find(|variant| variant.name == "Some");
				match (json, some) {
					(Json::Null, _) => out.push(0),
					(value, Some(some)) => {
						out.push(1);
						self.fields(value, &some.fields, out)?;
					}
					(_, None) => return Err("the metadata lacks a type".into()),
				}
				Ok(())
			}
			TypeDef::Variant(variants) => {
				let (name, inner) = match json {
					Json::String(name) => (name.as_str(), &Json::Null),
					Json::Object(map) if map.len() == 1 => {
						map.iter().next().map_or(("", &Json::Null), |(name, inner)| (name, inner))
					}
					_ => return Err("a variant is its name, or {\"Name\": fields}".into()),
				};
				let found = variants.variants.iter().find(|variant| variant.name == name);
				let variant = found.ok_or_else(|| {
					let names: Vec<_> =
						variants.variants.iter().map(|variant| variant.name.as_str()).collect();
					format!("`{name}` is none of {}", names.join(", "))
				})?;
				out.push(variant.index);
				self.fields(inner, &variant.fields, out)
			}
			TypeDef::Sequence(sequence) => {
				let item = sequence.type_param.id;
				if let (true, Some(text)) = (self.is_byte(item), json.as_str()) {
					let bytes = from_hex(text).unwrap_or_else(|| text.as_bytes().to_vec());
					bytes.encode_to(out);
					return Ok(());
				}
				let items = json.as_array().ok_or("a list is expected")?;
				Compact(u32::try_from(items.len()).map_err(|_| "the list is too long")?)
					.encode_to(out);
				items.iter().try_for_each(|each| self.value(each, item, out))
			}
			TypeDef::Array(array) => {
				let (item, len) = (array.type_param.id, usize::try_from(array.len).unwrap_or(0));
				if let (true, Some(text)) = (self.is_byte(item), json.as_str()) {
					let bytes = from_hex(text).filter(|bytes| bytes.len() == len);
					out.extend(
						bytes.ok_or_else(|| format!("0x and {len} bytes in hex are expected"))?,
					);
					return Ok(());
				}
				self.tuple(json, &vec![item; len], out)
			}
			TypeDef::Tuple(tuple) => {
				let ids: Vec<_> = tuple.fields.iter().map(|field| field.id).collect();
				self.tuple(json, &ids, out)
			}
			TypeDef::Primitive(primitive) => primitive_value(json, primitive, out),
			TypeDef::Compact(compact) => {
				Compact(number(json, self.is_wide(compact.type_param.id))?).encode_to(out);
				Ok(())
			}
			TypeDef::BitSequence(_) => Err("a list of bits can not be written".into()),
		}
	}

	fn is_byte(&self, id: u32) -> bool {
		let ty = self.types().resolve(id).map(|ty| &ty.type_def);
		matches!(ty, Some(TypeDef::Primitive(TypeDefPrimitive::U8)))
	}

	fn is_wide(&self, id: u32) -> bool {
		let ty = self.types().resolve(id).map(|ty| &ty.type_def);
		matches!(ty, Some(TypeDef::Primitive(TypeDefPrimitive::U128)))
	}
}

fn account(text: &str, out: &mut Vec<u8>) -> Written<()> {
	let AccountId32(bytes) = keys::account(text).map_err(|error| error.to_string())?;
	out.extend(bytes);
	Ok(())
}

fn primitive_value(json: &Json, primitive: &TypeDefPrimitive, out: &mut Vec<u8>) -> Written<()> {
	let width = match primitive {
		TypeDefPrimitive::Bool => {
			out.push(json.as_bool().ok_or("true or false is expected")?.into());
			return Ok(());
		}
		TypeDefPrimitive::Str => {
			json.as_str().ok_or("text is expected")?.encode_to(out);
			return Ok(());
		}
		TypeDefPrimitive::U8 => 1,
		TypeDefPrimitive::U16 => 2,
		TypeDefPrimitive::U32 => 4,
		TypeDefPrimitive::U64 => 8,
		TypeDefPrimitive::U128 => 16,
		_ => return Err("a number of this type can not be written".into()),
	};
	let bytes = number(json, width == 16)?.to_le_bytes();
	let (low, high) = bytes.split_at(width);
	if high.iter().any(|byte| *byte != 0) {
		return Err(format!("{json} does not fit {} bits", width * 8));
	}
	out.extend(low);
	Ok(())
}

/// A number; with a unit where it may be an amount.
fn number(json: &Json, amount: bool) -> Written<u128> {
	let digits = match json {
		Json::Number(number) => number.to_string(),
		Json::String(text) => text.clone(),
		_ => return Err("a number is expected".into()),
	};
	match digits.parse() {
		Ok(number) => Ok(number),
		Err(_) if amount && (digits.ends_with("TRIB") || digits.ends_with('p')) => {
			Ok(digits.parse::<Amount>().map_err(|error| error.to_string())?.0)
		}
		Err(_) => Err(format!("`{digits}` is no whole number that fits")),
	}
}

fn from_hex(text: &str) -> Option<Vec<u8>> {
	hex::decode(text.strip_prefix("0x")?).ok()
}

#[cfg(test)]
pub mod tests;
