//! A cw20 of fixed supply that knows every account's opening and lowest balance of any past day.
