use cosmwasm_std::{CanonicalAddr, StdError, StdResult};

/// A key of fixed parts, ordered as its bytes are.
pub trait Key: Sized + Clone {
    /// Appends the key's bytes.
    fn write(&self, out: &mut Vec<u8>);
    /// Reads the key back from exactly its bytes.
    fn read(bytes: &[u8]) -> StdResult<Self>;
}

fn wrong_width(want: usize, bytes: &[u8]) -> StdError {
    StdError::parse_err("key", format!("expected {want} bytes, found {}", bytes.len()))
}

fn fixed<const N: usize>(bytes: &[u8]) -> StdResult<[u8; N]> {
    bytes.try_into().map_err(|_| wrong_width(N, bytes))
}

macro_rules! integer_key {
    ($($t:ty),*) => {$(
        impl Key for $t {
            fn write(&self, out: &mut Vec<u8>) {
                out.extend_from_slice(&self.to_be_bytes());
            }
            fn read(bytes: &[u8]) -> StdResult<Self> {
                Ok(<$t>::from_be_bytes(fixed(bytes)?))
            }
        }
    )*};
}
integer_key!(u8, u16, u32, u64);

impl Key for [u8; 32] {
    fn write(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(self);
    }
    fn read(bytes: &[u8]) -> StdResult<Self> {
        fixed(bytes)
    }
}

macro_rules! tuple_key {
    ($($name:ident: $t:ty: $width:expr),*) => {
        impl Key for ($($t,)*) {
            fn write(&self, out: &mut Vec<u8>) {
                let ($($name,)*) = self;
                $($name.write(out);)*
            }
            fn read(bytes: &[u8]) -> StdResult<Self> {
                let want = 0usize $(.saturating_add($width))*;
                let mut rest = bytes;
                $(
                    let Some((head, tail)) = rest.split_at_checked($width) else {
                        return Err(wrong_width(want, bytes));
                    };
                    let $name = <$t>::read(head)?;
                    rest = tail;
                )*
                if !rest.is_empty() {
                    return Err(wrong_width(want, bytes));
                }
                Ok(($($name,)*))
            }
        }
    };
}
tuple_key!(a: u32: 4, b: u8: 1);
tuple_key!(a: u32: 4, b: u32: 4);
tuple_key!(a: u8: 1, b: u32: 4);
tuple_key!(a: u32: 4, b: u32: 4, c: u32: 4);
tuple_key!(a: u32: 4, b: u32: 4, c: u8: 1, d: u64: 8);

/// An account as a key: its canonical bytes (20 or 32), half as long as the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountKey(pub Vec<u8>);

impl From<CanonicalAddr> for AccountKey {
    fn from(account: CanonicalAddr) -> Self {
        AccountKey(account.to_vec())
    }
}

impl From<AccountKey> for CanonicalAddr {
    fn from(key: AccountKey) -> Self {
        CanonicalAddr::from(key.0)
    }
}

impl Key for AccountKey {
    fn write(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.0);
    }
    fn read(bytes: &[u8]) -> StdResult<Self> {
        Ok(AccountKey(bytes.to_vec()))
    }
}

/// Two accounts: the first is stored with its length, so that no pair can read as another.
impl Key for (AccountKey, AccountKey) {
    fn write(&self, out: &mut Vec<u8>) {
        out.push(u8::try_from(self.0 .0.len()).unwrap_or(u8::MAX));
        self.0.write(out);
        self.1.write(out);
    }
    fn read(bytes: &[u8]) -> StdResult<Self> {
        let broken = || StdError::parse_err("key", "broken pair of accounts");
        let (length, rest) = bytes.split_first().ok_or_else(broken)?;
        let (first, second) = rest.split_at_checked(usize::from(*length)).ok_or_else(broken)?;
        Ok((AccountKey(first.to_vec()), AccountKey(second.to_vec())))
    }
}

/// An account's entries by day.
impl Key for (AccountKey, u32) {
    fn write(&self, out: &mut Vec<u8>) {
        out.push(u8::try_from(self.0 .0.len()).unwrap_or(u8::MAX));
        self.0.write(out);
        self.1.write(out);
    }
    fn read(bytes: &[u8]) -> StdResult<Self> {
        let broken = || StdError::parse_err("key", "broken account and day");
        let (length, rest) = bytes.split_first().ok_or_else(broken)?;
        let (account, day) = rest.split_at_checked(usize::from(*length)).ok_or_else(broken)?;
        Ok((AccountKey(account.to_vec()), u32::read(day)?))
    }
}

/// An account under a small number, such as a role.
impl Key for (u8, AccountKey) {
    fn write(&self, out: &mut Vec<u8>) {
        out.push(self.0);
        self.1.write(out);
    }
    fn read(bytes: &[u8]) -> StdResult<Self> {
        let (number, account) = bytes
            .split_first()
            .ok_or_else(|| StdError::parse_err("key", "broken number and account"))?;
        Ok((*number, AccountKey(account.to_vec())))
    }
}
