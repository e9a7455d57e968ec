using GptImage2.Generation.Jobs;
using GptImage2.Generation.Storage;
using GptImage2.Mcp.Results;
using GptImage2.Mcp.Terminal.Clients;
using GptImage2.Mcp.Terminal.Config;
using GptImage2.Mcp.Terminal.Pictures;
using Spectre.Console;

namespace GptImage2.Mcp.Terminal.Try;

/// <summary>Prints what became of a call: the pictures, where they are, what they cost, and what to type next.</summary>
internal sealed class TryReport(IImageStore store, LaunchCommand launch, IAnsiConsole console)
{
    /// <summary>More would scroll the rest away.</summary>
    private const int MaxPictures = 4;

    public void Print(JobSnapshot job, TimeSpan took, PictureProtocol protocol)
    {
        foreach (var image in job.Images.Take(MaxPictures))
        {
            TerminalPicture.Write(console.Profile.Out.Writer, protocol, store.Open(image.Record.File));
        }

        string?[] lines =
        [
            job.Images is [] ? null : job.Summary.Notice,
            .. job.Images.SelectMany(DescribeImage),
            $"cost  {DescribeCost(job)}",
            string.Create(CultureInfo.InvariantCulture, $"time  {took.TotalSeconds:0.0} s"),
            .. job.Warnings.Select(warning => $"note  {warning}"),
            job.Failure is { } failure ? FailureText.Format(failure) : null,
            job.Images is [] ? null : $"next  {ShellLine.Write([launch.Command, .. launch.Arguments, ConfigCommand.Name])} lists the clients that this can be put into",
        ];
        PrintText(TerminalWords.Translate(string.Join(Environment.NewLine, lines.OfType<string>()), isMade: job.Images is not []));
    }

    /// <summary>Past Spectre, whose wrapping would break a path in two.</summary>
    public void PrintText(string text) => console.Profile.Out.Writer.WriteLine(text);

    /// <summary>What a stop leaves behind, in one line: money, images, and how to get the others.</summary>
    /// <param name="job">As it ended; null where none had begun.</param>
    public string DescribeStop(JobSnapshot? job)
    {
        var arrived = job is { Images: [_, ..] images } ? $" {images.Count} of {job.Summary.Count} had arrived: {string.Join(", ", images.Select(DescribeFile))}." : "";
        return job switch
        {
            { IsOver: false } => $"Stopped waiting: another process makes it, and goes on.{arrived} The same command joins it again.",
            { Failure: null, Images: [_, ..] } => $"Stopped; all was done already.{arrived}",
            { MayBeBilled: true, Checkpoint: not null } => $"Stopped while the service was drawing: it keeps the request.{arrived} The same command takes it up again, and it is not billed anew.",
            { MayBeBilled: true } =>
                $"Stopped while the service was drawing: the request was sent and may be billed{(job.Summary.Price.Ceiling is { } ceiling ? string.Create(CultureInfo.InvariantCulture, $", at most ${ceiling:0.0000}") : "")}, and what is still drawn is lost.{arrived} The same command asks anew.",
            _ => $"Stopped: nothing was billed.{arrived} The same command begins anew.",
        };
    }

    private static string DescribeCost(JobSnapshot job) => job switch
    {
        { Usd: 0 } or { Images: [], Failure.Billed: Billing.No } => "$0",
        { Usd: { } usd } => string.Create(CultureInfo.InvariantCulture, $"${usd:0.0000}"),
        { Outcome.Credits: { } credits } => string.Create(CultureInfo.InvariantCulture, $"{credits:0.##} credits"),
        _ => "unknown",
    };

    private string DescribeFile(DeliveredImage image) => store.GetAbsolutePath(image.Record.File) ?? ImageUri.FromId(image.Record.Id);

    private IEnumerable<string> DescribeImage(DeliveredImage image) =>
    [
        $"file  {DescribeFile(image)}",
        .. image.Copies.Select(copy => $"copy  {copy}"),
        string.Create(CultureInfo.InvariantCulture, $"size  {image.Record.File.Size} {image.Record.File.Format.ToString().ToLowerInvariant()}, {image.Record.File.Bytes:N0} bytes"),
    ];
}
