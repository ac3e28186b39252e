//! Addresses that lead nowhere, as far as their spelling tells.
//!
//! Nothing is looked up: only what no page can have is a fault. A domain that does not exist but is
//! spelt like one that could is none.

use url::Host;

/// What is wrong with an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::compile) enum Fault {
    /// `htp://`.
    MisspeltScheme,
    /// `http:/x`, `https//x`.
    BrokenScheme,
    /// `https://http://`.
    DoubledScheme,
    /// It ends in an ellipsis, or holds one.
    Truncated,
    /// White space within.
    Spaced,
    /// The host is no name that a host can have.
    BadHost,
    /// `http://intranet/`, `https://www.garland`.
    NoTopLevelDomain,
    /// Only the author's own machine or network knows it.
    Private,
    /// A domain that is set aside for examples.
    Placeholder,
    /// A `%` without its two digits.
    UnfinishedEscape,
    /// Punctuation of the sentence around it.
    TrailingPunctuation,
    UnbalancedBracket,
}

impl Fault {
    /// Completes “the address `…`”.
    pub(in crate::compile) fn what(self) -> &'static str {
        match self {
            Fault::MisspeltScheme => "starts with a misspelt `https`",
            Fault::BrokenScheme => "lacks a part of `://`",
            Fault::DoubledScheme => "has two beginnings",
            Fault::Truncated => "is cut short",
            Fault::Spaced => "has a gap in it",
            Fault::BadHost => "names no site that can exist",
            Fault::NoTopLevelDomain => "names a site without its ending, such as `.org`",
            Fault::Private => "leads to a private machine",
            Fault::Placeholder => "is one that is meant for examples",
            Fault::UnfinishedEscape => "has a `%` without the two digits after it",
            Fault::TrailingPunctuation => "ends with a mark of punctuation",
            Fault::UnbalancedBracket => "has a bracket without its other half",
        }
    }

    pub(in crate::compile) fn help(self) -> &'static str {
        match self {
            Fault::Truncated => "look the whole address up",
            Fault::Private | Fault::Placeholder => "give an address that readers can reach",
            Fault::TrailingPunctuation => "move the mark out of the address, if it is none of its own",
            Fault::UnbalancedBracket => "see whether the end of the address is missing",
            Fault::Spaced => "write the address in one piece; a space within is written `%20`",
            _ => "correct the address",
        }
    }
}

/// What is wrong with a web address, as it was written. What is none has no fault.
pub(in crate::compile) fn fault(written: &str) -> Option<Fault> {
    let written = written.trim();
    let letters = written.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(written.len());
    let (scheme, rest) = written.split_at(letters);
    let scheme = scheme.to_ascii_lowercase();
    let body = match (scheme.as_str(), rest.strip_prefix("://")) {
        ("http" | "https", Some(body)) => body,
        ("http" | "https", None) => return is_broken(rest).then_some(Fault::BrokenScheme),
        ("www", _) if rest.starts_with('.') => written,
        (_, Some(_)) => return is_nearly_https(&scheme).then_some(Fault::MisspeltScheme),
        (_, None) => {
            let is_misspelt = is_broken(rest) && rest.contains("//") && is_nearly_https(&scheme);
            return is_misspelt.then_some(Fault::MisspeltScheme);
        }
    };
    let lower = body.get(..8).unwrap_or(body).to_ascii_lowercase();
    if ["http:", "https:", "http//", "https//"].iter().any(|scheme| lower.starts_with(scheme)) {
        return Some(Fault::DoubledScheme);
    }
    if body.contains('…') || body.contains("/.../") || body.ends_with("...") {
        return Some(Fault::Truncated);
    }
    if body.contains(char::is_whitespace) {
        return Some(Fault::Spaced);
    }
    let end = body.find(['/', '?', '#']).unwrap_or(body.len());
    let (authority, path) = body.split_at(end);
    if path.is_empty() {
        // What ends the host may be the sentence's.
        return of_end(body).or_else(|| of_host(authority));
    }
    of_host(authority).or_else(|| of_end(body)).or_else(|| of_escapes(path))
}

/// Whether what stands after the scheme was meant for `://`.
fn is_broken(rest: &str) -> bool {
    let after = ["//", ":/", ":\\\\", ";//"].iter().find_map(|sign| rest.strip_prefix(sign));
    after.is_some_and(|after| after.starts_with(|next: char| next.is_alphanumeric() || next == '/'))
}

fn is_nearly_https(scheme: &str) -> bool {
    let is_near = |known: &str| strsim::osa_distance(scheme, known) == 1;
    (3..=7).contains(&scheme.len()) && (is_near("http") || is_near("https"))
}

fn of_host(authority: &str) -> Option<Fault> {
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let host = match host.rsplit_once(':') {
        Some((name, port)) if !port.contains(']') && port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    let host = host.to_lowercase();
    let is_own = match Host::parse(&host) {
        Ok(Host::Ipv4(address)) => Some(
            address.is_private()
                || address.is_loopback()
                || address.is_link_local()
                || address.is_unspecified(),
        ),
        Ok(Host::Ipv6(address)) => Some(
            address.is_loopback()
                || address.is_unspecified()
                || address.is_unique_local()
                || address.is_unicast_link_local(),
        ),
        Ok(Host::Domain(_)) | Err(_) => None,
    };
    if let Some(is_own) = is_own {
        return is_own.then_some(Fault::Private);
    }
    let labels: Vec<&str> = host.split('.').collect();
    let is_label = |label: &&str| {
        !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
    };
    if host == "localhost" {
        return Some(Fault::Private);
    }
    if !labels.iter().all(is_label) {
        return Some(Fault::BadHost);
    }
    let (last, others) = labels.split_last()?;
    let second = others.last().copied().unwrap_or_default();
    match *last {
        _ if others.is_empty() || labels.len() == 2 && second == "www" => Some(Fault::NoTopLevelDomain),
        "localhost" | "local" | "internal" | "lan" | "localdomain" => Some(Fault::Private),
        "example" | "test" | "invalid" => Some(Fault::Placeholder),
        "com" | "org" | "net" if second == "example" => Some(Fault::Placeholder),
        "html" | "htm" | "php" | "pdf" | "aspx" | "jpg" | "png" => Some(Fault::NoTopLevelDomain),
        last if last.chars().count() < 2
            || last.contains(|c: char| c.is_numeric() && !last.starts_with("xn--")) =>
        {
            Some(Fault::NoTopLevelDomain)
        }
        _ => None,
    }
}

fn of_end(body: &str) -> Option<Fault> {
    let unbalanced = [('(', ')'), ('[', ']')]
        .iter()
        .any(|(open, close)| body.matches(*open).count() != body.matches(*close).count());
    if unbalanced {
        return Some(Fault::UnbalancedBracket);
    }
    let stays = |before: &str| {
        // Pages are called after companies: `Apple_Inc.`
        let name = before.rsplit(['/', '_', '-', '=']).next().unwrap_or_default();
        name.starts_with(char::is_uppercase) || name.contains('.')
    };
    match body.strip_suffix('.') {
        Some(before) if before.contains('/') && stays(before) => None,
        Some(_) => Some(Fault::TrailingPunctuation),
        None => body
            .ends_with([',', ';', ':', '"', '\'', '’', '”', '»', '|', '`'])
            .then_some(Fault::TrailingPunctuation),
    }
}

fn of_escapes(path: &str) -> Option<Fault> {
    let is_unfinished = |escape: &str| {
        let mut digits = escape.bytes();
        !(digits.next().is_some_and(|it| it.is_ascii_hexdigit())
            && digits.next().is_some_and(|it| it.is_ascii_hexdigit()))
    };
    path.split('%').skip(1).any(is_unfinished).then_some(Fault::UnfinishedEscape)
}

#[cfg(test)]
mod tests {
    use super::{Fault, fault};

    #[test]
    fn addresses_that_can_lead_somewhere_have_no_fault() {
        for address in [
            "https://huggingface.co/",
            "http://www.ai21.com",
            "www.elementsofai.com",
            "https://www.gov.uk/guidance?x=a%20b#c",
            "https://en.wikipedia.org/wiki/Apple_Inc.",
            "https://en.wikipedia.org/wiki/Mercury_(planet)",
            "https://web.archive.org/web/2020/https://unesco.org/",
            "https://github.com/a/b/compare/v1...v2",
            "https://http.cat/404",
            "https://müller.de/",
            "https://xn--mller-kva.de/",
            "http://93.184.216.34:8080/x",
            "https://[2606:2800::1]/",
            "https://user@host.org:80/",
            "mailto:a@b.org",
            "ftp://ftp.host.org/file",
            "chapters/one.md",
            "https",
            "",
        ] {
            assert_eq!(fault(address), None, "{address}");
        }
    }

    #[test]
    fn faults_are_told_apart() {
        let cases = [
            ("htp://huggingface.co", Fault::MisspeltScheme),
            ("htttps://huggingface.co", Fault::MisspeltScheme),
            ("ttps://huggingface.co", Fault::MisspeltScheme),
            ("http:/huggingface.co", Fault::BrokenScheme),
            ("https//huggingface.co", Fault::BrokenScheme),
            ("http://https://huggingface.co", Fault::DoubledScheme),
            ("https://http//huggingface.co", Fault::DoubledScheme),
            ("https://huggingface.co/a-long…", Fault::Truncated),
            ("https://huggingface.co/.../file", Fault::Truncated),
            ("https://hugging face.co/", Fault::Spaced),
            ("https://huggingface,co/", Fault::BadHost),
            ("https://huggingface..co/", Fault::BadHost),
            ("https:///models", Fault::BadHost),
            ("https://huggingface/", Fault::NoTopLevelDomain),
            ("www.huggingface", Fault::NoTopLevelDomain),
            ("https://index.html", Fault::NoTopLevelDomain),
            ("http://localhost:8000/x", Fault::Private),
            ("http://192.168.0.7/x", Fault::Private),
            ("http://[::1]/x", Fault::Private),
            ("http://wiki.local/x", Fault::Private),
            ("https://www.example.com/x", Fault::Placeholder),
            ("https://huggingface.co/a%2", Fault::UnfinishedEscape),
            ("https://huggingface.co/100%", Fault::UnfinishedEscape),
            ("https://huggingface.co/models,", Fault::TrailingPunctuation),
            ("https://huggingface.co.", Fault::TrailingPunctuation),
            ("https://huggingface.co/models.", Fault::TrailingPunctuation),
            ("https://en.wikipedia.org/wiki/Mercury_(planet", Fault::UnbalancedBracket),
        ];
        for (address, expected) in cases {
            assert_eq!(fault(address), Some(expected), "{address}");
        }
    }
}
