using System.CommandLine;
using System.Text.Encodings.Web;

namespace GptImage2.Packaging.Sbom;

/// <summary>Completes a bill of materials that was made of a project's packages.</summary>
internal static class SbomCommand
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Command Create()
    {
        var bill = new Option<FileInfo>("--bill") { Description = "The CycloneDX document, which is changed.", Required = true };
        var versions = new Option<FileInfo>("--versions") { Description = "versions.json of NetVips.Native.", Required = true };
        var runtime = new Option<string>("--runtime") { Description = "Version of the .NET runtime.", Required = true };
        var command = new Command("sbom", "Adds what is no package to a bill of materials.") { bill, versions, runtime };
        command.SetAction(async (line, cancellationToken) =>
        {
            var path = line.GetRequiredValue(bill).FullName;
            var document = await ReadAsync(path, cancellationToken);
            UnpackagedParts.AddTo(document, line.GetRequiredValue(runtime), await ReadAsync(line.GetRequiredValue(versions).FullName, cancellationToken));
            await File.WriteAllTextAsync(path, document.ToJsonString(Readable) + "\n", cancellationToken);
        });
        return command;
    }

    private static async Task<JsonObject> ReadAsync(string path, CancellationToken cancellationToken) =>
        JsonNode.Parse(await File.ReadAllTextAsync(path, cancellationToken))!.AsObject();
}
