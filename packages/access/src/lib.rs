//! Who may do what: two-step owner, roles, pausing, declared permissions.
