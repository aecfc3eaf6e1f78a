//! A small Python: parser, compiler, virtual machine, builtins.
