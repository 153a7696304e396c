//! Which control of the catalog a check of Trivy is, by its id.

/// The catalog's control of an id, as Trivy's own specifications docker-cis-1.6.0 and k8s-cis-1.23
/// relate them. Two entries are from the checks themselves: the specification gives the controller
/// manager's profiling (34) to the scheduler (40), and knows secrets in a build file (DS 31) only
/// by severity. Ids are written `DS002`, `DS-0002` and `AVD-DS-0002`.
pub fn control_of(id: &str) -> Option<&'static str> {
    let id = id.strip_prefix("AVD-").unwrap_or(id);
    let letters = id.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (family, number) = id.split_at(letters);
    let number: u16 = number.trim_start_matches('-').parse().ok()?;
    let table: &[(u16, &str)] = match family {
        "DS" => &DOCKERFILE,
        "KSV" => &WORKLOADS,
        "KCV" => &CLUSTER,
        _ => return None,
    };
    table
        .iter()
        .find_map(|(one, control)| (*one == number).then_some(*control))
}

const DOCKERFILE: [(u16, &str); 5] = [
    (2, "image-non-root-user"),
    (5, "image-copy-not-add"),
    (17, "image-no-update-alone"),
    (26, "image-healthcheck"),
    (31, "image-no-secrets"),
];

const WORKLOADS: [(u16, &str); 20] = [
    (1, "k8s-pss-priv-escalation"),
    (3, "k8s-pss-capabilities"),
    (4, "k8s-pss-capabilities"),
    (8, "k8s-pss-host-ipc"),
    (9, "k8s-pss-host-network"),
    (10, "k8s-pss-host-pid"),
    (12, "k8s-pss-root"),
    (17, "k8s-pss-privileged"),
    (22, "k8s-pss-net-raw"),
    (23, "k8s-pss-hostpath"),
    (24, "k8s-pss-hostports"),
    (36, "k8s-sa-token-mount"),
    (38, "k8s-net-namespace-policies"),
    (41, "k8s-rbac-secrets"),
    (43, "k8s-rbac-bind-impersonate-escalate"),
    (44, "k8s-rbac-wildcards"),
    (45, "k8s-rbac-wildcards"),
    (46, "k8s-rbac-wildcards"),
    (103, "k8s-pss-windows-hostprocess"),
    (111, "k8s-rbac-cluster-admin"),
];

const CLUSTER: [(u16, &str); 85] = [
    (1, "k8s-apiserver-anonymous-auth"),
    (2, "k8s-apiserver-token-auth-file"),
    (3, "k8s-apiserver-deny-external-ips"),
    (5, "k8s-apiserver-kubelet-client-cert"),
    (6, "k8s-apiserver-kubelet-ca"),
    (7, "k8s-apiserver-authz-not-alwaysallow"),
    (8, "k8s-apiserver-authz-node"),
    (9, "k8s-apiserver-authz-rbac"),
    (10, "k8s-apiserver-eventratelimit"),
    (11, "k8s-apiserver-no-alwaysadmit"),
    (12, "k8s-apiserver-alwayspullimages"),
    (14, "k8s-apiserver-serviceaccount-plugin"),
    (15, "k8s-apiserver-namespacelifecycle"),
    (16, "k8s-apiserver-noderestriction"),
    (18, "k8s-apiserver-profiling"),
    (19, "k8s-apiserver-audit-log-path"),
    (20, "k8s-apiserver-audit-maxage"),
    (21, "k8s-apiserver-audit-maxbackup"),
    (22, "k8s-apiserver-audit-maxsize"),
    (24, "k8s-apiserver-sa-lookup"),
    (25, "k8s-apiserver-sa-key-file"),
    (26, "k8s-apiserver-etcd-client-cert"),
    (27, "k8s-apiserver-tls-cert"),
    (28, "k8s-apiserver-client-ca"),
    (29, "k8s-apiserver-etcd-ca"),
    (30, "k8s-apiserver-encryption-config"),
    (33, "k8s-cm-terminated-pod-gc"),
    (34, "k8s-cm-profiling"),
    (35, "k8s-cm-sa-credentials"),
    (36, "k8s-cm-sa-private-key"),
    (37, "k8s-cm-root-ca"),
    (38, "k8s-cm-rotate-kubelet-cert"),
    (39, "k8s-cm-bind-localhost"),
    (40, "k8s-scheduler-profiling"),
    (41, "k8s-scheduler-bind-localhost"),
    (42, "k8s-etcd-server-cert"),
    (43, "k8s-etcd-client-cert-auth"),
    (44, "k8s-etcd-no-auto-tls"),
    (45, "k8s-etcd-peer-cert"),
    (46, "k8s-etcd-peer-client-auth"),
    (47, "k8s-etcd-no-peer-auto-tls"),
    (48, "k8s-apiserver-manifest-perm"),
    (49, "k8s-apiserver-manifest-owner"),
    (50, "k8s-cm-manifest-perm"),
    (51, "k8s-cm-manifest-owner"),
    (52, "k8s-scheduler-manifest-perm"),
    (53, "k8s-scheduler-manifest-owner"),
    (54, "k8s-etcd-manifest-perm"),
    (55, "k8s-etcd-manifest-owner"),
    (56, "k8s-cni-file-perm"),
    (57, "k8s-cni-file-owner"),
    (58, "k8s-etcd-data-perm"),
    (59, "k8s-etcd-data-owner"),
    (60, "k8s-admin-conf-perm"),
    (61, "k8s-admin-conf-owner"),
    (62, "k8s-scheduler-conf-perm"),
    (63, "k8s-scheduler-conf-owner"),
    (64, "k8s-cm-conf-perm"),
    (65, "k8s-cm-conf-owner"),
    (66, "k8s-pki-owner"),
    (67, "k8s-pki-key-perm"),
    (68, "k8s-pki-cert-perm"),
    (69, "k8s-kubelet-service-perm"),
    (70, "k8s-kubelet-service-owner"),
    (71, "k8s-proxy-kubeconfig-perm"),
    (72, "k8s-proxy-kubeconfig-owner"),
    (73, "k8s-kubelet-conf-perm"),
    (74, "k8s-kubelet-conf-owner"),
    (75, "k8s-node-ca-perm"),
    (76, "k8s-node-ca-owner"),
    (77, "k8s-kubelet-config-perm"),
    (78, "k8s-kubelet-config-owner"),
    (79, "k8s-kubelet-anonymous-auth"),
    (80, "k8s-kubelet-authz-mode"),
    (81, "k8s-kubelet-client-ca"),
    (82, "k8s-kubelet-readonly-port"),
    (84, "k8s-kubelet-iptables"),
    (85, "k8s-kubelet-streaming-timeout"),
    (86, "k8s-kubelet-hostname-override"),
    (87, "k8s-kubelet-event-qps"),
    (88, "k8s-kubelet-tls-cert"),
    (89, "k8s-kubelet-tls-cert"),
    (90, "k8s-kubelet-rotate-certs"),
    (91, "k8s-kubelet-rotate-server-cert"),
    (92, "k8s-kubelet-ciphers"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Catalog;
    use pretty_assertions::assert_eq;

    #[test]
    fn ids_lead_to_controls_in_every_spelling() {
        for id in ["DS002", "DS-0002", "AVD-DS-0002"] {
            assert_eq!(control_of(id), Some("image-non-root-user"));
        }
        assert_eq!(
            control_of("AVD-KCV-0086"),
            Some("k8s-kubelet-hostname-override")
        );
        assert_eq!(control_of("CVE-2031-0001"), None);
        assert_eq!(control_of("DS"), None);
    }

    #[test]
    fn every_control_of_the_tables_is_in_the_catalog() {
        let catalog = Catalog::embedded();
        for (_, control) in DOCKERFILE.iter().chain(&WORKLOADS).chain(&CLUSTER) {
            assert!(catalog.control(control).is_some(), "{control}");
        }
    }
}
