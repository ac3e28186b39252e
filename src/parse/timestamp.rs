//! Places in a video: `00:01:06`.

/// Seconds from the start.
pub fn read(text: &str) -> Option<u32> {
    let parts: Vec<&str> = text.trim().split(':').collect();
    if !(2..=3).contains(&parts.len()) {
        return None;
    }
    let mut seconds: u32 = 0;
    for (index, part) in parts.iter().enumerate() {
        let is_number = (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
        let number: u32 = part.parse().ok().filter(|_| is_number)?;
        if index > 0 && number >= 60 {
            return None;
        }
        seconds = seconds * 60 + number;
    }
    Some(seconds)
}

/// `1:06`, `1:05:01`.
pub fn show(seconds: u32) -> String {
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes}:{seconds:02}") }
}
