//! How views write roots, planck and text in JSON.

/// Roots in JSON: 0x-prefixed hex.
pub mod hex32 {
	use serde::{de::Error, Deserialize, Deserializer, Serializer};

	/// Writes the root.
	pub fn serialize<S: Serializer>(root: &[u8; 32], serializer: S) -> Result<S::Ok, S::Error> {
		serializer.serialize_str(&format!("0x{}", hex::encode(root)))
	}

	/// Reads a root, with or without the prefix.
	pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<[u8; 32], D::Error> {
		let text = String::deserialize(deserializer)?;
		let mut root = [0; 32];
		hex::decode_to_slice(text.strip_prefix("0x").unwrap_or(&text), &mut root)
			.map_err(|error| D::Error::custom(format!("a root is 64 hex digits: {error}")))?;
		Ok(root)
	}
}

/// Roots in JSON that may be missing.
pub mod optional_hex32 {
	use serde::{Deserialize, Deserializer, Serialize, Serializer};

	#[derive(Serialize, Deserialize)]
	struct Hex(#[serde(with = "super::hex32")] [u8; 32]);

	pub fn serialize<S: Serializer>(
		root: &Option<[u8; 32]>,
		serializer: S,
	) -> Result<S::Ok, S::Error> {
		root.map(Hex).serialize(serializer)
	}

	pub fn deserialize<'de, D: Deserializer<'de>>(
		deserializer: D,
	) -> Result<Option<[u8; 32]>, D::Error> {
		Ok(Option::<Hex>::deserialize(deserializer)?.map(|Hex(root)| root))
	}
}

/// Planck in JSON: decimal strings, as JavaScript's numbers end at 2^53.
pub mod planck {
	use serde::{de::Error, Deserialize, Deserializer, Serializer};

	/// Writes the amount.
	pub fn serialize<S: Serializer>(amount: &u128, serializer: S) -> Result<S::Ok, S::Error> {
		serializer.collect_str(amount)
	}

	/// Reads an amount.
	pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u128, D::Error> {
		String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
	}
}

/// Planck in JSON that may be missing.
pub mod optional_planck {
	use serde::{Deserialize, Deserializer, Serialize, Serializer};

	#[derive(Serialize, Deserialize)]
	struct Decimal(#[serde(with = "super::planck")] u128);

	pub fn serialize<S: Serializer>(
		amount: &Option<u128>,
		serializer: S,
	) -> Result<S::Ok, S::Error> {
		amount.map(Decimal).serialize(serializer)
	}

	pub fn deserialize<'de, D: Deserializer<'de>>(
		deserializer: D,
	) -> Result<Option<u128>, D::Error> {
		Ok(Option::<Decimal>::deserialize(deserializer)?.map(|Decimal(amount)| amount))
	}
}

/// Bytes that are text.
pub mod text {
	use serde::{Deserialize, Deserializer, Serializer};

	pub fn serialize<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
		serializer.serialize_str(&String::from_utf8_lossy(bytes))
	}

	pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
		String::deserialize(deserializer).map(String::into_bytes)
	}
}
