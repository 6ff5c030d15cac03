//! A name that the machine's library wants and newer compilers no longer bring.

/// Until Rust 1.90 the compiler's own library probed the stack under this name; wasmer still puts its address into a
/// table for compilers that call it. The one used here, Singlepass, does not. Were it ever called, this ends the process.
#[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
#[allow(unsafe_code, reason = "a name for the linker")]
#[no_mangle]
extern "C" fn __rust_probestack() {
    std::process::abort()
}
