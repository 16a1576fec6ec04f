#![no_main]
#![doc = "See the module of that name."]

libfuzzer_sys::fuzz_target!(|data: &[u8]| tributary_fuzz::vouchers::run(data));
