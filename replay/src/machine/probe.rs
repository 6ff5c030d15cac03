//! A name that the machine's library wants and newer compilers no longer bring.

/// Older compilers' own library probed the stack under this name; wasmer still puts its address into a table for code
/// generators that call it. The one used here, Singlepass, does not. Were it ever called, this ends the process.
#[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
#[allow(unsafe_code, reason = "a name for the linker")]
#[no_mangle]
extern "C" fn __rust_probestack() {
    std::process::abort()
}
