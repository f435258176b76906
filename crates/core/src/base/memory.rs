//! Memory of WebAssembly, which grows only.

/// Takes from the system at once what will be needed piece by piece. The memory of WebAssembly grows by 64 KB at a time, and
/// each time takes a quarter of a millisecond in V8: 3 of the 14 seconds in which 152 MB of documents were read. Does
/// nothing elsewhere.
pub fn reserve(bytes: usize) {
    if cfg!(target_family = "wasm") {
        // What is given back stays with the program; an allocation that nobody looks at would be left out.
        drop(std::hint::black_box(Vec::<u8>::with_capacity(bytes)));
    }
}
