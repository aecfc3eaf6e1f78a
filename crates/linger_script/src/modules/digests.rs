//! The module `_digests`: sums and digests of bytes, and base64, for `binascii` and `hashlib`.

use linger_heap::Value;
use md5::Md5;
use sha1::Sha1;
use sha2::{Digest, Sha224, Sha256, Sha384, Sha512};

use super::support::{Table, exactly, module};
use crate::builtins::buffers::buffer_bytes;
use crate::objects::Args;
use crate::pure::base64;
use crate::vm::{Result, Vm};

pub(super) fn make(vm: &mut Vm) -> Result<Value> {
    Ok(module(vm, "_digests", FUNCTIONS))
}

const FUNCTIONS: Table<'static> = &[
    ("adler32", adler32),
    ("base64_decode", base64_decode),
    ("base64_encode", base64_encode),
    ("crc32", crc32),
    ("digest", digest),
];

/// `digest(name, data)`
fn digest(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let [name, data] = exactly::<2>(vm, &args, "digest")?;
    let data = buffer_bytes(vm, data)?;
    let name = vm.text_of(name).map(|name| name.text.to_string()).unwrap_or_default();
    let bytes = match name.as_str() {
        "md5" => Md5::digest(&data).to_vec(),
        "sha1" => Sha1::digest(&data).to_vec(),
        "sha224" => Sha224::digest(&data).to_vec(),
        "sha256" => Sha256::digest(&data).to_vec(),
        "sha384" => Sha384::digest(&data).to_vec(),
        "sha512" => Sha512::digest(&data).to_vec(),
        _ => return Err(vm.value_error(format!("unsupported hash type {name}"))),
    };
    Ok(vm.bytes(bytes))
}

/// `crc32(data, start)`
fn crc32(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let [data, start] = exactly::<2>(vm, &args, "crc32")?;
    let data = buffer_bytes(vm, data)?;
    let start = start_of(vm, start);
    let mut hasher = crc32fast::Hasher::new_with_initial(start);
    hasher.update(&data);
    Ok(vm.int(i64::from(hasher.finalize())))
}

/// `adler32(data, start)`
fn adler32(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    const MODULUS: u32 = 65521;
    let [data, start] = exactly::<2>(vm, &args, "adler32")?;
    let data = buffer_bytes(vm, data)?;
    let start = start_of(vm, start);
    let (mut low, mut high) = (start & 0xffff, start >> 16);
    for byte in data {
        low = (low + u32::from(byte)) % MODULUS;
        high = (high + low) % MODULUS;
    }
    Ok(vm.int(i64::from(high << 16 | low)))
}

/// The sum to go on from: the lower 32 bits of a number.
fn start_of(vm: &mut Vm, value: &Value) -> u32 {
    vm.to_i64(value).unwrap_or(0) as u32
}

/// `base64_encode(data)`
fn base64_encode(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let [data] = exactly::<1>(vm, &args, "base64_encode")?;
    let data = buffer_bytes(vm, data)?;
    vm.check_memory(data.len() / 3 * 4 + 4)?;
    Ok(vm.bytes(base64::encode(&data)))
}

/// `base64_decode(data, strict)`: bytes, or a text that says what is wrong.
fn base64_decode(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let [data, strict] = exactly::<2>(vm, &args, "base64_decode")?;
    let data = buffer_bytes(vm, data)?;
    let strict = vm.truth(strict)?;
    Ok(match base64::decode(&data, strict) {
        Ok(bytes) => vm.bytes(bytes),
        Err(why) => vm.str(&why),
    })
}
