//! What is drawn: egui HUD and panel.
