//! The names and words of the runtime's errors, read from its metadata: the runtime itself answers with
//! two numbers.

use std::{
	collections::HashMap,
	sync::{Arc, Mutex, PoisonError},
};

use codec::Decode;
use frame_metadata::{v15::RuntimeMetadataV15, RuntimeMetadata, RuntimeMetadataPrefixed};
use scale_info::TypeDef;
use sp_api::{Core, Metadata, ProvideRuntimeApi};
use sp_runtime::{DispatchError, ModuleError};

use super::error::{Error, Refusal};
use crate::service::{FullClient, Hash};

const METADATA_VERSION: u32 = 15;

/// The errors of one runtime version, by pallet index and error index.
type Names = HashMap<(u8, u8), Name>;

#[derive(Clone)]
struct Name {
	pallet: String,
	error: String,
	docs: String,
}

/// Names errors. Keeps the names of the newest runtime version that it was asked for.
#[derive(Default)]
pub struct ModuleErrors {
	known: Mutex<Option<(u32, Arc<Names>)>>,
}

impl ModuleErrors {
	/// Says why the runtime of block `at` refuses a call.
	///
	/// # Errors
	/// Where the runtime can not be called or gives no metadata.
	pub fn refusal(
		&self,
		client: &FullClient,
		at: Hash,
		error: DispatchError,
	) -> Result<Refusal, Error> {
		let DispatchError::Module(ModuleError { index, error: bytes, .. }) = error else {
			let words: &'static str = error.into();
			return Ok(Refusal { pallet: None, error: words.into(), docs: String::new() });
		};
		let names = self.names(client, at)?;
		Ok(match names.get(&(index, bytes[0])).cloned() {
			Some(Name { pallet, error, docs }) => Refusal { pallet: Some(pallet), error, docs },
			None => Refusal {
				pallet: Some(format!("pallet {index}")),
				error: format!("error {}", bytes[0]),
				docs: "the runtime's metadata does not name it".into(),
			},
		})
	}

	fn names(&self, client: &FullClient, at: Hash) -> Result<Arc<Names>, Error> {
		let api = client.runtime_api();
		let version = api.version(at)?.spec_version;
		let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
		if let Some((of, names)) = &*known {
			if *of == version {
				return Ok(names.clone());
			}
		}
		let metadata = api.metadata_at_version(at, METADATA_VERSION)?.ok_or_else(|| {
			Error::Runtime(format!("it has no metadata of version {METADATA_VERSION}"))
		})?;
		let names = Arc::new(names_of(&metadata)?);
		*known = Some((version, names.clone()));
		Ok(names)
	}
}

fn names_of(metadata: &[u8]) -> Result<Names, Error> {
	let RuntimeMetadataPrefixed(_, metadata) = Decode::decode(&mut &*metadata)
		.map_err(|error| Error::Runtime(format!("its metadata can not be read: {error}")))?;
	let RuntimeMetadata::V15(RuntimeMetadataV15 { pallets, types, .. }) = metadata else {
		return Err(Error::Runtime("its metadata is of another version than asked for".into()));
	};
	let mut names = Names::new();
	for pallet in pallets {
		let errors = pallet.error.and_then(|error| types.resolve(error.ty.id));
		let Some(TypeDef::Variant(errors)) = errors.map(|errors| &errors.type_def) else {
			continue;
		};
		for variant in &errors.variants {
			let name = Name {
				pallet: pallet.name.clone(),
				error: variant.name.clone(),
				docs: variant.docs.join(" "),
			};
			names.insert((pallet.index, variant.index), name);
		}
	}
	Ok(names)
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn every_pallet_error_is_named_and_explained() {
		let metadata = tributary_runtime::Runtime::metadata_at_version(METADATA_VERSION).unwrap();
		let names = names_of(&metadata).unwrap();
		for pallet in [
			"Datasets",
			"Models",
			"Usage",
			"Attribution",
			"Availability",
			"Originality",
			"Titles",
			"Shares",
			"Channels",
			"Settings",
			"Agents",
		] {
			let errors: Vec<_> = names.values().filter(|name| name.pallet == pallet).collect();
			assert!(!errors.is_empty(), "{pallet} has no errors");
			for Name { error, docs, .. } in errors {
				assert!(!docs.is_empty(), "{pallet}.{error} is not explained");
			}
		}
	}

	#[test]
	fn damaged_metadata_is_refused() {
		assert!(names_of(&[1, 2, 3]).is_err());
	}
}
