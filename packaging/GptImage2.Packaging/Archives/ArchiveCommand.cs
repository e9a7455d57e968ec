using System.CommandLine;

namespace GptImage2.Packaging.Archives;

/// <summary>Makes the archive that is unpacked and run, where no package manager is wanted.</summary>
internal static class ArchiveCommand
{
    public static Command Create()
    {
        var published = new Option<DirectoryInfo>("--published") { Description = "The server as it was published for a platform.", Required = true };
        var repository = new Option<DirectoryInfo>("--repository") { Description = "The folder with the licence.", Required = true };
        var archive = new Option<FileInfo>("--output") { Description = "The file to write, .zip or .tar.gz.", Required = true };
        var command = new Command("archive", "An archive of a published server.") { published, repository, archive };
        command.SetAction((line, cancellationToken) => ReleaseArchive.WriteAsync(
            line.GetRequiredValue(archive).FullName, line.GetRequiredValue(published).FullName, line.GetRequiredValue(repository).FullName, cancellationToken));
        return command;
    }
}
