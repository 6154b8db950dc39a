//! What a file has besides its bytes, its mode and its owner: extended attributes, and access control lists, which
//! Linux keeps among them.

use std::ffi::{CStr, CString};
use std::fs::File;
use std::path::Path;

use rustix::fs::{XattrFlags, fremovexattr, fsetxattr, lgetxattr, lgetxattr_query, llistxattr, llistxattr_query};

/// The list of those who may do more or less with a file than its mode says.
const ACCESS_LIST: &CStr = c"system.posix_acl_access";

/// Gives `to` the attributes of the file at `from`, and answers whether both have the same access list now. Best
/// effort: a disk that has no such attributes, or refuses one, keeps no text from being saved.
pub(super) fn copy(from: &Path, to: &File) -> bool {
    let mut same_list = true;
    let names = names_of(from);
    for name in &names {
        let copied = value_of(from, name).is_some_and(|value| fsetxattr(to, name, &value, XattrFlags::empty()).is_ok());
        if !copied && name.as_c_str() == ACCESS_LIST {
            same_list = false;
        }
    }
    if !names.iter().any(|name| name.as_c_str() == ACCESS_LIST) {
        // The folder may have given the new file one.
        let _ = fremovexattr(to, ACCESS_LIST);
    }
    same_list
}

fn names_of(path: &Path) -> Vec<CString> {
    let list = llistxattr_query(path).and_then(|length| {
        let mut list = vec![0_u8; length];
        let length = llistxattr(path, list.as_mut_slice())?;
        list.truncate(length);
        Ok(list)
    });
    let list = list.unwrap_or_default();
    list.split(|byte| *byte == 0)
        .filter(|name| is_copied(name))
        .filter_map(|name| CString::new(name).ok())
        .collect()
}

/// `None` also for one that grew between the two calls: another program is at it.
fn value_of(path: &Path, name: &CStr) -> Option<Vec<u8>> {
    let mut value = vec![0_u8; lgetxattr_query(path, name).ok()?];
    let length = lgetxattr(path, name, value.as_mut_slice()).ok()?;
    value.truncate(length);
    Some(value)
}

/// What the user and programs say of a file, and who may use it. Not what the system notes about the bytes themselves
/// (hashes, rights of a program, the bookkeeping of a disk below), which does not hold of others.
fn is_copied(name: &[u8]) -> bool {
    if cfg!(target_os = "linux") {
        name.starts_with(b"user.")
            || name.starts_with(b"system.")
            || name == b"security.selinux"
            || name == b"security.SMACK64"
    } else {
        !name.is_empty()
    }
}
