using GptImage2.Generation.Errors;

namespace GptImage2.Generation.Tests.Inputs;

/// <summary>Texts for an image that must get nothing, with the code of the refusal and words that it has.</summary>
internal static class HostileImageArguments
{
    public static IEnumerable<(string Text, FailureCode Code, string Tells)> All =>
    [
        .. CreateCases(FailureCode.InvalidRequest, "an id (img_…)", "", "   ", "\t\n"),
        .. CreateCases(FailureCode.InvalidRequest, "without control characters", "\0", "fox\0.png", "fox.png\nimage: expected nothing", "\u0007.png", "file://{work}/fox.png\0", "{work}/fox.png\r/../x"),
        .. CreateCases(FailureCode.InvalidRequest, "~ is not expanded", "~", "~/fox.png", "~root/fox.png", "~/../etc/passwd", "~fox"),
        .. CreateCases(FailureCode.InvalidRequest, "shell variables", "$HOME/fox.png", "${HOME}/fox.png", "{work}/$HOME/fox.png", "$(pwd)/fox.png", "`pwd`/fox.png", "%USERPROFILE%/fox.png", "$env:TEMP/fox.png", "%TEMP%\\fox.png"),
        .. CreateCases(FailureCode.InvalidRequest, "* and ?", "*.png", "{work}/*.png", "{work}/**/fox.png", "fo?.png", "{secret}/*"),
        .. CreateCases(
            FailureCode.InvalidRequest,
            "%-encoded",
            "%2e%2e%2fsecret%2fsecret.png", "..%2fsecret%2fsecret.png", "%2E%2E/secret/secret.png", "%252e%252e%252fsecret.png", "..%25252fsecret", "fox.png%00.jpg", "..%5csecret%5csecret.png", "fox.png%0a",
            "file://{work}/%2e%2e/secret/secret.png", "file://{work}/..%2fsecret%2fsecret.png", "file://{work}/%252e%252e/secret/secret.png", "file://{work}/fox.png%00", "file:///%2fetc%2fpasswd"),
        .. CreateCases(FailureCode.InvalidRequest, "forward slashes", "..\\secret\\secret.png", "C:\\Windows\\win.ini", "\\\\server\\share\\fox.png", "\\\\?\\C:\\fox.png", "\\\\.\\pipe\\fox", "fox.png\\..\\..\\secret"),
        .. CreateCases(FailureCode.InvalidRequest, "no drive letters", "C:/Windows/win.ini", "z:/fox.png"),
        .. CreateCases(
            FailureCode.InvalidRequest,
            "without a host",
            "file://server/share/fox.png", "file://localhost/etc/passwd", "file://127.0.0.1/etc/passwd", "file:////server/share/fox.png", "file://///server/share/fox.png", "file:fox.png", "file:", "file://", "file://C:/Windows/win.ini", "file:\\\\\\etc\\passwd",
            "file://[bad", "FILE://SERVER/share", "file://~/fox.png", "file://../secret/secret.png"),
        .. CreateCases(FailureCode.InvalidRequest, "no query", "file://{work}/fox.png?x=1", "file://{work}/fox.png#part"),
        .. CreateCases(FailureCode.InvalidRequest, ";base64", "data:,", "data:image/png,abc", "data:image/png;base64", "data:text/html,<h1>", "data:image/svg+xml;utf8,<svg/>", "data:"),
        .. CreateCases(FailureCode.InvalidRequest, "complete, valid base64", "data:image/png;base64,A?", "data:image/png;base64,AAAA*AAA", "data:image/png;base64,%69%56%42", "data:image/png;base64,A", "data:image/png;base64,AA=A"),
        .. CreateCases(
            FailureCode.InvalidRequest,
            "a chat attachment is not",
            "/mnt/user-data/uploads/cat.png", "/mnt/data/cat.png", "sandbox:/mnt/data/cat.png", "attachment:cat.png", "attachment://0", "blob:https://chat.example/1", "cid:part1@example.com", "file-8Hk3mQJrB9Xv2LpT5dWyZc", "file_00000000a1b2c3d4e5f6", "SANDBOX:/x"),
        .. CreateCases(
            FailureCode.InvalidRequest,
            "for anything else save",
            "ftp://example.com/fox.png", "s3://bucket/fox.png", "gopher://127.0.0.1/", "dict://127.0.0.1:11211/", "php://filter/resource=fox", "smb://server/fox.png", "images://recent", "file-service://file-x", "ws://x/", "ldap://127.0.0.1/"),
        .. CreateCases(FailureCode.InvalidRequest, "use https", "http://127.0.0.1/", "HTTP://169.254.169.254/latest/meta-data/", "http://example.com/fox.png", "http:x"),
        .. CreateCases(FailureCode.InvalidRequest, "a complete https:// address", "https:/example.com/fox.png", "https:example.com", "https://", "https://exa mple.com/fox.png", "https:\\\\example.com\\fox.png", "https://example.com\\@127.0.0.1/", "https://[::1", "https://example.com/\nHost:x"),
        .. CreateCases(FailureCode.InvalidRequest, "as list_images gives it", "image://img_short", "image://../secret/secret.png", "image:img_aaaaaaaaaaaaaaaa", "IMAGE://IMG_AAAAAAAAAAAAAAAA"),
        .. CreateCases(FailureCode.UnreadableImage, "is a folder", ".", "..", "folder.png", "{work}/folder.png"),
        .. CreateCases(
            FailureCode.NotAllowed,
            "GPTIMAGE2_INPUTS__ROOTS",
            "/", "//", "/etc/passwd", "//etc/passwd", "/etc/../etc/passwd", "/etc/there-is-no-such-file", "/there/is/no/such/folder/fox.png", "/root/.ssh/id_rsa",
            "/proc/self/environ", "/proc/self/mem", "/proc/self/maps", "/proc/self/root/etc/passwd", "/proc/1/environ", "/proc/self/fd/0", "/proc/kcore", "/sys/kernel/notes",
            "/dev/stdin", "/dev/zero", "/dev/random", "/dev/urandom", "/dev/tty", "/dev/fd/0", "/dev/tcp/127.0.0.1/80",
            "{secret}/secret.png", "../secret/secret.png", "./../secret/secret.png", "a/../../secret/secret.png", "{work}/../secret/secret.png", "{work}/./../secret/./secret.png", "{work}/fox.png/../../secret/secret.png",
            "{work}-private/secret.png", "../work-private/secret.png", "../../../../../../../../../etc/passwd", "{inbox}/../../secret/secret.png",
            "file://{secret}/secret.png", "file:{secret}/secret.png", "FILE://{secret}/secret.png", "file://{work}/../secret/secret.png", "file:///etc/passwd", "file:///dev/zero", "file://{work}/../secret/%73ecret.png",
            "{work}/link-out.png", "{work}/relative-out.png", "{work}/folder-out/secret.png", "folder-out/secret.png", "up/secret/secret.png", "up/up/etc", "root/etc/passwd", "{work}/root/dev/zero", "{work}/chain-1.png", "{work}/chain-2.png",
            "{work}/dangling-out.png", "{work}/to-zero.png", "{work}/to-random.png", "{work}/to-stdin.png", "{work}/to-tty.png", "{work}/to-environ.png", "{work}/to-mem.png", "{work}/to-fd.png", "{work}/to-cwd.png", "{work}/to-process.png", "folder.png/../link-out.png"),
        .. CreateCases(
            FailureCode.NotFound,
            "there is no file",
            "nothing.png", "img_short", "folder-out/../secret/secret.png", "{work}/nothing.png", "{work}/loop-a.png", "loop-a.png", "{work}/self/self/fox.png", "dangling-in.png", "fox.png/fox.png", "Fox.png.", "jar:file:///etc/passwd!/x", "javascript:alert(1)", "-rf", "|id", "fox.png;id", "FOX\u200B.png", "owl.gif/../fox.png/x"),
        .. CreateCases(FailureCode.NotFound, "list_images shows", "img_aaaaaaaaaaaaaaaa", "image://img_aaaaaaaaaaaaaaaa"),
        .. CreateCases(FailureCode.UnreadableImage, "no regular file", "empty.png", "pipe.png", "socket.png", "link-to-pipe.png"),
        .. CreateCases(FailureCode.UnreadableImage, "but received an HTML page", "page.png", "data:image/png;base64,PCFET0NUWVBFIGh0bWw+"),
        .. CreateCases(FailureCode.UnreadableImage, "but received an SVG", "vector.png", "data:image/png;base64,PHN2Zy8+"),
        .. CreateCases(FailureCode.UnreadableImage, "but received a PDF", "document.png"),
        .. CreateCases(FailureCode.UnreadableImage, "but received bytes of another kind", "text.png", "script.png", "packed.png", "data:image/png;base64,AAAA"),
        .. CreateCases(FailureCode.UnreadableImage, "but received no bytes", "data:image/png;base64,"),
        .. CreateCases(FailureCode.UnreadableImage, "a video", "film.png"),
        .. CreateCases(FailureCode.UnreadableImage, "expected at most 200,000,000 pixels", "bomb.png", "large.tiff"),
        .. CreateCases(FailureCode.UnreadableImage, "expected at most 4096 frames but received 5000", "frames.gif"),
        .. CreateCases(FailureCode.UnreadableImage, "536,870,912 bytes", "sparse.png"),
        .. CreateCases(FailureCode.UnreadableImage, "damaged or cut short", "negative.png", "nothing-wide.png", "start.png", "elsewhere.tiff", "wide.tiff", "start.jpg", "start.webp", "start.avif"),
    ];

    private static IEnumerable<(string, FailureCode, string)> CreateCases(FailureCode code, string tells, params string[] texts) => texts.Select(text => (text, code, tells));
}
