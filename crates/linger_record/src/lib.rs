//! What is written: log schema, tracing layer, reader.
