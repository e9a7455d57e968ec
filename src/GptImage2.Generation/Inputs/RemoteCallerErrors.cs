using GptImage2.Generation.Requests;

namespace GptImage2.Generation.Inputs;

/// <summary>Why a caller on another machine gets no image by the name it gave, and the command that uploads it. No text has a path of the server.</summary>
internal static partial class RemoteCallerErrors
{
    private const string Expected = "an id (img_…), an https:// address or a data: URI, because local files are not available over this connection";

    /// <summary>A longer path is not repeated.</summary>
    private const int MaxPathLength = 1000;

    private const string HomeFolder = "~/";

    private const string TokenHeader = "-H \"Authorization: Bearer $TOKEN\" ";

    /// <summary>What to do with an image that only the caller has, as a part of a sentence.</summary>
    public static string DescribeUpload(Caller caller) => caller.Server is { BaseUrl: var url }
        ? $"upload the image (POST its bytes to {url}/uploads) and call again with the id in the answer"
        : "give the image as a data: URI";

    /// <param name="text">As the caller wrote it.</param>
    /// <param name="path">The file on the caller's machine.</param>
    public static ImageException OwnFile(Caller caller, string argument, string text, string path) => caller.Server is { } server
        ? CreateUpload(server, argument, $"files of your machine cannot be read here, and {Violation.Quote(text)} is one.", path)
        : InputImageErrors.Invalid(argument, Expected, text);

    public static ImageException SharedFileNotFound(Caller caller, string argument, string name) => caller.Server is { } server
        ? CreateUpload(server, argument, $"no shared file has the name {Violation.Quote(name)}, and files of your machine cannot be read here.", name)
        : InputImageErrors.Invalid(argument, Expected, name);

    public static ImageException NotShared(string argument, string name) => Create(
        argument, $"{Violation.Quote(name)} is outside the folders that are shared. list_images names some files that are shared.");

    public static ImageException NotOpened(string argument, string name, Exception exception) =>
        Create(argument, $"{Violation.Quote(name)} cannot be opened: it may not be read, or was being replaced. Call again, or ask the operator.", exception);

    /// <summary>The same failure of a download, with what a caller on another machine can do instead.</summary>
    public static ImageException WithoutInbox(Caller caller, ImageException failure)
    {
        var advice = DescribeUpload(caller);
        var message = failure.Failure.Message.Replace(IRemoteImageFetcher.InboxAdvice, $"{char.ToUpperInvariant(advice[0])}{advice[1..]}.", StringComparison.Ordinal);
        return new ImageException(failure.Failure with { Message = message }, failure);
    }

    private static ImageException CreateUpload(ServerAddress server, string argument, string reason, string path) =>
        Create(argument, $"{reason} Upload it, and give the id in the answer instead:\n{FormatCommand(server, path)}");

    private static string FormatCommand(ServerAddress server, string path) =>
        $"curl -sS {(server.NeedsToken ? TokenHeader : "")}--data-binary @{QuotePath(path)} {QuoteWord($"{server.BaseUrl}/uploads")}";

    /// <summary>No shell expands ~ behind an @.</summary>
    private static string QuotePath(string path) => path switch
    {
        { Length: > MaxPathLength } => "/path/to/image.png",
        _ when path.StartsWith(HomeFolder, StringComparison.Ordinal) && path.Length > HomeFolder.Length => $"\"$HOME\"/{QuoteWord(path[HomeFolder.Length..])}",
        _ => QuoteWord(path),
    };

    /// <summary>One word of a POSIX shell, whatever is in it.</summary>
    private static string QuoteWord(string text) => PlainWordPattern.IsMatch(text) ? text : $"'{text.Replace("'", @"'\''", StringComparison.Ordinal)}'";

    private static ImageException Create(string argument, string message, Exception? inner = null) =>
        new(new Failure { Code = FailureCode.NotAllowed, Message = $"{argument}: {message}", Retry = RetryAdvice.Changed, Argument = argument }, inner);

    [GeneratedRegex(@"^[A-Za-z0-9_./:@%+=,-]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex PlainWordPattern { get; }
}
