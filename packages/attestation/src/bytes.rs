//! Reading fixed-width big-endian fields off the front of a slice, without a panic.

/// Splits `N` bytes off the front of `rest`; `None` if fewer are left.
pub(crate) fn take<'a, const N: usize>(rest: &mut &'a [u8]) -> Option<&'a [u8; N]> {
    let (head, tail) = rest.split_first_chunk::<N>()?;
    *rest = tail;
    Some(head)
}

/// Takes one byte.
pub(crate) fn take_u8(rest: &mut &[u8]) -> Option<u8> {
    take::<1>(rest).map(|b| u8::from_be_bytes(*b))
}

/// Takes a big-endian `u32`.
pub(crate) fn take_u32(rest: &mut &[u8]) -> Option<u32> {
    take::<4>(rest).map(|b| u32::from_be_bytes(*b))
}

/// Takes a big-endian `u64`.
pub(crate) fn take_u64(rest: &mut &[u8]) -> Option<u64> {
    take::<8>(rest).map(|b| u64::from_be_bytes(*b))
}

/// Takes a big-endian `u128`.
pub(crate) fn take_u128(rest: &mut &[u8]) -> Option<u128> {
    take::<16>(rest).map(|b| u128::from_be_bytes(*b))
}
