//! Words of the tools that Astride is about: keys and flags that exist, and things of Kubernetes
//! that are gone. Answers are held against them, and so is what the catalog tells people to paste.
//!
//! Not for prose: the glossary explains words to people.

/// The keys that dockerd 29 knows in daemon.json, without those it has retired.
#[rustfmt::skip] // a list of words
pub const DAEMON_KEYS: &[&str] = &[
    "allow-direct-routing", "authorization-plugins", "bip", "bip6", "bridge",
    "bridge-accept-fwmark", "builder", "cdi-spec-dirs", "cgroup-parent", "containerd",
    "containerd-namespace", "containerd-plugins-namespace", "cpu-rt-period", "cpu-rt-runtime",
    "data-root", "debug", "default-address-pools", "default-cgroupns-mode", "default-gateway",
    "default-gateway-v6", "default-ipc-mode", "default-network-opts", "default-runtime",
    "default-shm-size", "default-ulimits", "dns", "dns-opts", "dns-search", "exec-opts",
    "exec-root", "experimental", "features", "firewall-backend", "fixed-cidr", "fixed-cidr-v6",
    "group", "host-gateway-ips", "hosts", "icc", "init", "init-path", "insecure-registries", "ip",
    "ip-forward", "ip-forward-no-drop", "ip-masq", "ip6tables", "iptables", "ipv6", "labels",
    "live-restore", "log-driver", "log-format", "log-level", "log-opts", "max-concurrent-downloads",
    "max-concurrent-uploads", "max-download-attempts", "metrics-addr", "mtu",
    "network-control-plane-mtu", "no-new-privileges", "node-generic-resources", "pidfile",
    "proxies", "raw-logs", "registry-mirrors", "runtimes", "seccomp-profile", "selinux-enabled",
    "shutdown-timeout", "storage-driver", "storage-opts", "swarm-default-advertise-addr", "tls",
    "tlscacert", "tlscert", "tlskey", "tlsverify", "userland-proxy", "userland-proxy-path",
    "userns-remap",
];

/// Keys below those of [`DAEMON_KEYS`]: a fragment of `daemon.json` may begin at them.
#[rustfmt::skip] // a list of words
pub const NESTED_DAEMON_KEYS: &[&str] = &[
    "Hard", "Name", "Soft", "base", "buildkit", "cdi", "compress", "containerd-snapshotter", "env",
    "env-regex", "http-proxy", "https-proxy", "labels-regex", "max-buffer-size", "max-file",
    "max-size", "mode", "no-proxy", "nofile", "nproc", "options", "path", "runtimeArgs", "size",
    "tag",
];

/// Flags of docker, dockerd, kubectl, the parts of Kubernetes and the tools that the catalog names,
/// without their two hyphens. Not complete: it says what a flag that is nearly the same was meant to be.
#[rustfmt::skip] // a list of words
pub const FLAGS: &[&str] = &[
    "action-names", "add-host", "add-runtime", "address", "admission-control-config-file",
    "advertise-addr", "all", "all-namespaces", "allow-direct-routing", "allow-metric-labels",
    "allow-privileged", "allow-unauthenticated", "allowed-unsafe-sysctls", "annotation",
    "anonymous-auth", "api-audiences", "apiserver-count", "as", "as-group", "as-uid", "attach",
    "attachable", "attest", "audience", "audit-log-format", "audit-log-maxage",
    "audit-log-maxbackup", "audit-log-maxsize", "audit-log-mode", "audit-log-path",
    "audit-log-truncate-enabled", "audit-policy-file", "audit-webhook-config-file",
    "authentication-config", "authentication-token-webhook",
    "authentication-token-webhook-config-file", "authorization-always-allow-paths",
    "authorization-config", "authorization-mode", "authorization-plugin",
    "authorization-webhook-cache-authorized-ttl", "authorization-webhook-config-file", "auto-tls",
    "autolock", "aux-address", "availability", "batch", "bind-address", "bip", "blkio-weight",
    "blkio-weight-device", "bound-object-kind", "bound-object-name", "bridge", "bucket",
    "build-arg", "build-context", "cacert", "cache-from", "cache-to", "cap-add", "cap-drop",
    "cascade", "category", "cert-dir", "cert-expiry", "cert-file", "certificate-authority",
    "certificate-identity", "certificate-oidc-issuer", "cgroup-parent", "cgroupns", "check",
    "checksum", "chown", "cidfile", "cipher-suites", "client-ca-file", "client-cert-auth",
    "client-certificate", "client-crl-file", "client-key", "cloud-config", "cloud-provider",
    "cluster", "cluster-cidr", "cluster-name", "cluster-signing-cert-file",
    "cluster-signing-duration", "cluster-signing-key-file", "clusterrole", "command", "config",
    "config-file", "constraint", "container", "container-runtime-endpoint", "containerd",
    "containers", "contention-profiling", "context", "controllers", "copy-to", "cpu-count",
    "cpu-percent", "cpu-period", "cpu-quota", "cpu-rt-period", "cpu-rt-runtime", "cpu-shares",
    "cpus", "cpuset-cpus", "cpuset-mems", "ctstate", "custom", "cve", "data-dir", "data-path-addr",
    "data-root", "debug", "decode", "default-address-pool", "default-cgroupns-mode",
    "default-gateway", "default-ipc-mode", "default-network-opt",
    "default-not-ready-toleration-seconds", "default-runtime", "default-shm-size", "default-ulimit",
    "delete-collection-workers", "detach", "detach-keys", "details", "device", "device-cgroup-rule",
    "device-read-bps", "device-read-iops", "device-write-bps", "device-write-iops", "digests",
    "disable-admission-plugins", "disable-content-trust", "dns", "dns-opt", "dns-option",
    "dns-search", "docker", "domainname", "driver", "driver-opt", "dry-run", "duration",
    "enable-admission-plugins", "enable-aggregator-routing", "enable-annotation-validation",
    "enable-bootstrap-token-auth", "enable-debugging-handlers", "enable-logs-handler",
    "encryption-provider-config", "endpoint-reconciler-type", "entrypoint", "env", "env-file",
    "env-rm", "ephemeral", "etcd-cafile", "etcd-certfile", "etcd-keyfile", "etcd-prefix",
    "etcd-servers", "event-burst", "event-qps", "event-ttl", "eviction-hard", "exec-driver",
    "exec-opt", "exec-root", "exit-code", "experimental", "experimental-initial-corrupt-check",
    "expose", "fail-on", "feature", "feature-gates", "field-manager", "field-selector", "file",
    "filter", "fixed-cidr", "flatten", "follow", "for", "force", "format", "from", "from-env-file",
    "from-file", "from-literal", "from-pod", "gateway", "goaway-chance", "gpus", "grace-period",
    "group", "group-add", "health-cmd", "health-interval", "health-retries",
    "health-start-interval", "health-start-period", "health-timeout", "healthz-bind-address",
    "help", "host", "hostname", "hostname-override", "http-proxy",
    "http2-max-streams-per-connection", "https-proxy", "icc", "ignore-not-found", "image",
    "image-credential-provider-config", "image-gc-high-threshold", "image-pull-policy", "ingress",
    "init", "insecure-registry", "insecure-skip-tls-verify", "interactive", "internal", "interval",
    "io-maxbandwidth", "io-maxiops", "ip", "ip-forward", "ip-masq", "ip-range", "ip6", "ip6tables",
    "ipc", "iptables", "ipv6", "isolation", "kernel-memory", "key", "key-file", "kube-reserved",
    "kubeconfig", "kubelet-certificate-authority", "kubelet-client-certificate",
    "kubelet-client-key", "kubelet-preferred-address-types", "kubelet-timeout", "kustomize",
    "label", "label-file", "labels", "last", "latest", "leader-elect", "limit-cpu", "limit-memory",
    "link", "link-local-ip", "list", "list-all-pkgs", "listen-addr", "listen-metrics-urls",
    "live-restore", "livez-grace-period", "load", "log-driver", "log-format", "log-level",
    "log-opt", "mac-address", "make-iptables-util-chains", "manifest-url", "master",
    "max-concurrent-downloads", "max-concurrent-uploads", "max-mutating-requests-inflight",
    "max-nodes-total", "max-pods", "max-request-bytes", "max-requests-inflight", "memory",
    "memory-reservation", "memory-swap", "memory-swappiness", "metrics-addr",
    "metrics-bind-address", "min-request-timeout", "minify", "mount", "mtu", "name", "namespace",
    "network", "network-add", "network-alias", "network-rm", "no-cache", "no-create-home",
    "no-headers", "no-healthcheck", "no-install-recommends", "no-new-privileges", "no-proxy",
    "no-stream", "no-trunc", "node-eviction-rate", "node-ip", "node-labels",
    "node-status-update-frequency", "now", "oidc-ca-file", "oidc-client-id", "oidc-groups-claim",
    "oidc-groups-prefix", "oidc-issuer-url", "oidc-required-claim", "oidc-signing-algs",
    "oidc-username-claim", "oidc-username-prefix", "oneline", "only-upgrade", "oom-kill-disable",
    "oom-score-adj", "opt", "output", "overrides", "overwrite", "password", "password-stdin",
    "path-as-is", "peer-auto-tls", "peer-ca-file", "peer-cert-file", "peer-client-cert-auth",
    "peer-key-file", "peer-trusted-ca-file", "permit-address-sharing", "pid", "pidfile",
    "pids-limit", "platform", "pod-manifest-path", "policy-source-arn", "port", "privileged",
    "profile", "profiling", "progress", "protect-kernel-defaults", "protocol", "provenance",
    "proxy-client-cert-file", "proxy-client-key-file", "proxy-mode", "prune", "publish",
    "publish-all", "pull", "query", "quiet", "quota-backend-bytes", "raw", "raw-logs", "read-only",
    "read-only-port", "record", "recursive", "register-node", "register-with-taints",
    "registry-auth", "registry-mirror", "replicas", "report", "request-timeout",
    "requestheader-allowed-names", "requestheader-client-ca-file",
    "requestheader-extra-headers-prefix", "requestheader-group-headers",
    "requestheader-username-headers", "require-hashes", "reserve-cpu", "reserve-memory", "resolve",
    "resource", "resource-name", "resource-version", "restart", "retries", "risk", "rm", "role",
    "rollback", "root-ca-file", "root-dir", "rootless", "rotate", "rotate-certificates",
    "rotate-server-certificates", "runtime", "runtime-config", "sb-state", "sbom", "scanners",
    "scope", "seccomp-default", "seccomp-profile", "secret", "secret-add", "secure-port",
    "security-opt", "selector", "selinux-enabled", "server", "server-side",
    "service-account-extend-token-expiration", "service-account-issuer", "service-account-jwks-uri",
    "service-account-key-file", "service-account-lookup", "service-account-max-token-expiration",
    "service-account-private-key-file", "service-account-signing-endpoint",
    "service-account-signing-key-file", "service-cluster-ip-range", "service-node-port-range",
    "serviceaccount", "severity", "shell", "shm-size", "show-labels", "show-signature",
    "shutdown-delay-duration", "shutdown-timeout", "sig-proxy", "signal", "since", "size",
    "sort-by", "source-uri", "spider", "squash", "ssh", "state", "stdin", "stop-signal",
    "stop-timeout", "storage-backend", "storage-driver", "storage-opt",
    "streaming-connection-idle-timeout", "strict-transport-security-directives", "subnet",
    "subresource", "sysctl", "system", "system-reserved", "tag", "tail", "target", "target-port",
    "targets", "tcp", "terminated-pod-gc-threshold", "time", "timeout", "timestamps", "tls",
    "tls-cert-file", "tls-cipher-suites", "tls-min-version", "tls-private-key-file",
    "tls-sni-cert-key", "tlscacert", "tlscert", "tlskey", "tlsverify", "tmpfs", "token",
    "token-auth-file", "topology-manager-policy", "trusted-ca-file", "ttl", "tty", "type", "udp",
    "ulimit", "unhealthy-zone-threshold", "until", "update-delay", "upload-certs",
    "use-service-account-credentials", "user", "user-group", "userland-proxy",
    "userland-proxy-path", "username", "userns", "userns-remap", "uts", "validate", "value", "verb",
    "version", "vmodule", "volume", "volume-driver", "volume-plugin-dir", "volumes", "volumes-from",
    "wait", "watch", "watch-cache", "with-registry-auth", "workdir",
];

/// Something that Kubernetes had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Removed {
    /// As people write it.
    pub name: &'static str,
    /// The release without it.
    pub since: &'static str,
    /// What there is today.
    pub instead: &'static str,
}

const fn removed(name: &'static str, since: &'static str, instead: &'static str) -> Removed {
    Removed {
        name,
        since,
        instead,
    }
}

/// Kinds, versions of interfaces, flags and features that Kubernetes removed.
#[rustfmt::skip] // a table: one thing a line
pub const REMOVED_FROM_KUBERNETES: &[Removed] = &[
    removed("PodSecurityPolicy", "1.25", "Pod Security Admission, which enforces the Pod Security Standards by namespace"),
    removed("PodSecurityPolicies", "1.25", "Pod Security Admission, which enforces the Pod Security Standards by namespace"),
    removed("pod security policy", "1.25", "Pod Security Admission, which enforces the Pod Security Standards by namespace"),
    removed("pod security policies", "1.25", "Pod Security Admission, which enforces the Pod Security Standards by namespace"),
    removed("policy/v1beta1", "1.25", "policy/v1"),
    removed("batch/v1beta1", "1.25", "batch/v1"),
    removed("autoscaling/v2beta2", "1.26", "autoscaling/v2"),
    removed("extensions/v1beta1", "1.22", "apps/v1 for workloads, networking.k8s.io/v1 for Ingress and NetworkPolicy"),
    removed("apps/v1beta1", "1.16", "apps/v1"),
    removed("apps/v1beta2", "1.16", "apps/v1"),
    removed("rbac.authorization.k8s.io/v1beta1", "1.22", "rbac.authorization.k8s.io/v1"),
    removed("apiextensions.k8s.io/v1beta1", "1.22", "apiextensions.k8s.io/v1"),
    removed("SecurityContextDeny", "1.30", "Pod Security Admission"),
    removed("dockershim", "1.24", "containerd or CRI-O"),
    removed("DynamicKubeletConfig", "1.24", "a kubelet configuration file on each node"),
    removed("--basic-auth-file", "1.19", "client certificates or OpenID Connect"),
    removed("--insecure-port", "1.24", "the secure port, which always needs a login"),
];
