//! Requests that are encrypted: whom they reach, and whom they don't.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, ServerConnection, Stream};

use super::*;

type Authority = CertifiedIssuer<'static, KeyPair>;

fn authority() -> Authority {
    let mut about = CertificateParams::default();
    about.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    Authority::self_signed(about, KeyPair::generate().unwrap()).unwrap()
}

/// A server whose certificate, vouched for by `authority`, is for a name.
fn server(authority: &Authority, about: CertificateParams) -> SocketAddr {
    let key = KeyPair::generate().unwrap();
    let certificate = about.signed_by(&key, authority).unwrap();
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], key)
        .unwrap();
    let config = Arc::new(config);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for mut socket in listener.incoming().flatten() {
            let mut connection = ServerConnection::new(config.clone()).unwrap();
            let mut stream = Stream::new(&mut connection, &mut socket);
            // A client that turns away is none of the server's business.
            let mut head = [0; 1024];
            if stream.read(&mut head).is_ok() {
                let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\nsecret");
                stream.conn.send_close_notify();
                let _ = stream.flush();
            }
        }
    });
    address
}

fn web(trust: Trust) -> Web {
    Web {
        trust,
        names: Names::new(|_, port| Ok(vec![SocketAddr::from(([127, 0, 0, 1], port))])),
        ..local()
    }
}

fn named(name: &str) -> CertificateParams {
    CertificateParams::new(vec![name.to_owned()]).unwrap()
}

#[test]
fn a_server_whom_the_system_trusts_is_reached() {
    let authority = authority();
    let address = server(&authority, named("revue.example"));
    let web = web(Trust::of(&[authority.der()]));
    let fetched = get(&web, &format!("https://revue.example:{}/", address.port())).unwrap();
    assert_eq!((fetched.status, fetched.bytes.as_slice()), (200, b"secret".as_slice()));
}

#[test]
fn others_are_not_spoken_to() {
    let (authority, stranger) = (authority(), authority());
    let trusting = web(Trust::of(&[authority.der()]));
    let mut outdated = named("revue.example");
    outdated.not_after = rcgen::date_time_ymd(2020, 1, 1);
    for (why, address) in [
        ("vouched for by nobody known", server(&stranger, named("revue.example"))),
        ("another's name", server(&authority, named("autre.example"))),
        ("outdated", server(&authority, outdated)),
    ] {
        let kind = get(&trusting, &format!("https://revue.example:{}/", address.port())).unwrap_err();
        assert_eq!(kind, FetchErrorKind::Untrusted, "{why}");
    }
}
