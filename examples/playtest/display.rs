//! Whether a window can be had here. Asked before Bevy is, because Bevy panics where there is none.

/// Says why no window can be opened, if none can.
pub fn check() -> Result<(), String> {
    server()?;
    adapter()
}

#[cfg(all(unix, not(target_os = "macos")))]
fn server() -> Result<(), String> {
    use std::os::unix::net::UnixStream;

    let display = std::env::var("DISPLAY").unwrap_or_default();
    if display.is_empty() {
        return Err("there is no display: DISPLAY is not set".into());
    }
    // `host:0` is a display over the network, `:0.1` a screen of the local one.
    let Some(number) = display.strip_prefix(':') else {
        return Ok(());
    };
    let number = number.split('.').next().unwrap_or_default();
    match UnixStream::connect(format!("/tmp/.X11-unix/X{number}")) {
        Ok(_) => Ok(()),
        Err(error) => Err(format!("the display {display} does not answer: {error}")),
    }
}

#[cfg(not(all(unix, not(target_os = "macos"))))]
fn server() -> Result<(), String> {
    Ok(())
}

fn adapter() -> Result<(), String> {
    let instance = wgpu::Instance::default();
    let adapter = instance.request_adapter(&wgpu::RequestAdapterOptions::default());
    match bevy::tasks::block_on(adapter) {
        Ok(_) => Ok(()),
        Err(error) => Err(format!("there is no graphics driver: {error}")),
    }
}
