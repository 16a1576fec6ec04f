//! Events as JSON, by the types of the chain's metadata.
//!
//! Names of fields are in camel case. Accounts are addresses, bytes are 0x-prefixed hex, numbers of
//! 128 bits are decimal strings and smaller ones are numbers; an option is its value or `null`.

use scale_info::{PortableRegistry, TypeDef, TypeDefPrimitive};
use serde_json::{json, Map, Value as Json};
use subxt::{
	ext::scale_value::{scale, Composite, Primitive, Value, ValueDef},
	utils::AccountId32,
	ArcMetadata,
};

/// One event of a transaction.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
	/// The pallet's name in the runtime.
	pub pallet: String,
	/// The event's name.
	pub name: String,
	/// Its fields.
	pub fields: Map<String, Json>,
}

impl Event {
	/// Decodes the fields of the event `name` of `pallet`. What does not decode is left out.
	pub fn decode(pallet: &str, name: &str, bytes: &[u8], metadata: &ArcMetadata) -> Self {
		let fields = metadata
			.pallet_by_name(pallet)
			.and_then(|pallet| {
				let variants = pallet.event_variants()?;
				variants.iter().find(|variant| variant.name == name)
			})
			.map(|variant| {
				let types = metadata.types();
				let mut bytes = bytes;
				let mut fields = Map::new();
				for (at, field) in variant.fields.iter().enumerate() {
					let Ok(value) = scale::decode_as_type(&mut bytes, field.ty.id, types) else {
						break;
					};
					let name = field.name.as_deref().map_or_else(|| at.to_string(), camel_case);
					fields.insert(name, to_json(&value, types));
				}
				fields
			})
			.unwrap_or_default();
		Self { pallet: pallet.to_owned(), name: name.to_owned(), fields }
	}

	/// Whether it is the event `name` of `pallet`.
	pub fn is(&self, pallet: &str, name: &str) -> bool {
		self.pallet == pallet && self.name == name
	}

	/// A field that is a number of at most 64 bits.
	pub fn number(&self, field: &str) -> Option<u64> {
		self.fields.get(field)?.as_u64()
	}

	/// A field that is a number of 128 bits.
	pub fn amount(&self, field: &str) -> Option<u128> {
		self.fields.get(field)?.as_str()?.parse().ok()
	}

	/// A field that is text: an account, bytes, or a variant's name.
	pub fn text(&self, field: &str) -> Option<&str> {
		self.fields.get(field)?.as_str()
	}

	/// As `--json` prints it.
	pub fn to_json(&self) -> Json {
		json!({ "pallet": self.pallet, "name": self.name, "fields": self.fields })
	}
}

/// A decoded value as JSON. `value` carries the ids of its types in `types`.
pub fn to_json(value: &Value<u32>, types: &PortableRegistry) -> Json {
	let ty = types.resolve(value.context);
	let is_account = ty.and_then(|ty| ty.path.ident()).as_deref() == Some("AccountId32");
	match &value.value {
		ValueDef::Primitive(primitive) => {
			let wide = ty.is_some_and(|ty| {
				matches!(
					ty.type_def,
					TypeDef::Primitive(TypeDefPrimitive::U128 | TypeDefPrimitive::I128)
				)
			});
			primitive_to_json(primitive, wide)
		}
		ValueDef::BitSequence(bits) => {
			json!(bits.iter().map(|bit| if bit { '1' } else { '0' }).collect::<String>())
		}
		ValueDef::Variant(variant) => match (variant.name.as_str(), variant.values.len()) {
			("None", 0) => Json::Null,
			("Some", 1) => composite_to_json(&variant.values, types),
			(name, 0) => json!(name),
			(name, _) => json!({ name: composite_to_json(&variant.values, types) }),
		},
		ValueDef::Composite(composite) => match bytes_of(value, types) {
			Some(bytes) if is_account => match <[u8; 32]>::try_from(bytes) {
				Ok(bytes) => json!(AccountId32(bytes).to_string()),
				Err(bytes) => hex_json(&bytes),
			},
			Some(bytes) => hex_json(&bytes),
			None if is_sequence(value.context, types) => {
				composite.values().map(|value| to_json(value, types)).collect()
			}
			None => composite_to_json(composite, types),
		},
	}
}

/// `challenge_until` as `challengeUntil`.
pub fn camel_case(name: &str) -> String {
	let mut parts = name.split('_').filter(|part| !part.is_empty());
	let mut camel = parts.next().unwrap_or_default().to_owned();
	for part in parts {
		let (first, rest) = part.split_at(1);
		camel.push_str(&first.to_ascii_uppercase());
		camel.push_str(rest);
	}
	camel
}

fn composite_to_json(composite: &Composite<u32>, types: &PortableRegistry) -> Json {
	match composite {
		Composite::Named(fields) => fields
			.iter()
			.map(|(name, value)| (camel_case(name), to_json(value, types)))
			.collect::<Map<_, _>>()
			.into(),
		Composite::Unnamed(values) => match values.as_slice() {
			[one] => to_json(one, types),
			values => values.iter().map(|value| to_json(value, types)).collect(),
		},
	}
}

fn primitive_to_json(primitive: &Primitive, wide: bool) -> Json {
	match primitive {
		Primitive::Bool(value) => json!(value),
		Primitive::Char(value) => json!(value.to_string()),
		Primitive::String(value) => json!(value),
		Primitive::U128(value) => match u64::try_from(*value) {
			Ok(value) if !wide => json!(value),
			_ => json!(value.to_string()),
		},
		Primitive::I128(value) => match i64::try_from(*value) {
			Ok(value) if !wide => json!(value),
			_ => json!(value.to_string()),
		},
		Primitive::U256(bytes) | Primitive::I256(bytes) => hex_json(bytes),
	}
}

fn hex_json(bytes: &[u8]) -> Json {
	json!(format!("0x{}", hex::encode(bytes)))
}

fn is_sequence(id: u32, types: &PortableRegistry) -> bool {
	types.resolve(id).is_some_and(|ty| {
		matches!(ty.type_def, TypeDef::Sequence(_) | TypeDef::Array(_) | TypeDef::Tuple(_))
	})
}

/// The bytes of a sequence or array of bytes, however many newtypes stand around it.
fn bytes_of(value: &Value<u32>, types: &PortableRegistry) -> Option<Vec<u8>> {
	let ValueDef::Composite(composite) = &value.value else { return None };
	let item = match &types.resolve(value.context)?.type_def {
		TypeDef::Sequence(sequence) => sequence.type_param.id,
		TypeDef::Array(array) => array.type_param.id,
		TypeDef::Composite(_) => {
			let Composite::Unnamed(values) = composite else { return None };
			let [inner] = values.as_slice() else { return None };
			return bytes_of(inner, types);
		}
		_ => return None,
	};
	let item = &types.resolve(item)?.type_def;
	if !matches!(item, TypeDef::Primitive(TypeDefPrimitive::U8)) {
		return None;
	}
	composite.values().map(|value| value.as_u128().and_then(|byte| byte.try_into().ok())).collect()
}

#[cfg(test)]
mod tests {
	use super::*;
	use codec::Encode;
	use scale_info::{meta_type, Registry, TypeInfo};
	use tributary_primitives::blob::Content;

	fn json_of<T: Encode + TypeInfo + 'static>(value: T) -> Json {
		let mut registry = Registry::new();
		let id = registry.register_type(&meta_type::<T>()).id;
		let types: PortableRegistry = registry.into();
		let bytes = value.encode();
		to_json(&scale::decode_as_type(&mut bytes.as_slice(), id, &types).unwrap(), &types)
	}

	#[test]
	fn values_take_the_shape_of_their_types() {
		assert_eq!(json_of(7u32), json!(7));
		assert_eq!(json_of(7u128), json!("7"));
		assert_eq!(json_of(Some(7u64)), json!(7));
		assert_eq!(json_of(None::<u64>), Json::Null);
		assert_eq!(json_of([1u8, 255]), json!("0x01ff"));
		assert_eq!(json_of(vec![1u8]), json!("0x01"));
		assert_eq!(json_of(vec![1u16]), json!([1]));
		assert_eq!(json_of((1u8, true)), json!([1, true]));
		assert_eq!(
			json_of(Content { root: [1; 32], len: 5 }),
			json!({ "root": format!("0x{}", "01".repeat(32)), "len": 5 })
		);
	}

	#[test]
	fn an_account_is_its_address() {
		let address = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY";
		assert_eq!(json_of(address.parse::<AccountId32>().unwrap()), json!(address));
	}

	#[test]
	fn names_are_in_camel_case() {
		assert_eq!(camel_case("challenge_until"), "challengeUntil");
		assert_eq!(camel_case("seq"), "seq");
		assert_eq!(camel_case("_a__b"), "aB");
	}
}
