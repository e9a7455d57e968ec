using System.Diagnostics;
using GptImage2.Generation.Errors;
using GptImage2.Generation.Inputs.Sandbox;
using GptImage2.Generation.Jobs.Persistence;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Storage;
using GptImage2.Testing.Time;
using Microsoft.Extensions.DependencyInjection;

namespace GptImage2.Generation.Tests.PostProcessing;

/// <summary>A copy with overwrite: what it replaces, and what it never does.</summary>
public sealed class OverwriteTests
{
    private const string Old = "the old file";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_file_in_the_working_directory_is_replaced_and_nothing_else_is_left_there()
    {
        await using var host = Start();
        var path = Write(host.Work, "hero.png");

        var job = await host.AskAsync(Request("hero.png"), Cancellation);

        job.Warnings.ShouldBeEmpty();
        var image = job.Images.ShouldHaveSingleItem();
        (image.Replaced, image.Copies.Single()).ShouldBe((true, path));
        (await File.ReadAllBytesAsync(path, Cancellation)).ShouldBe(await File.ReadAllBytesAsync(host.Store.GetAbsolutePath(job.Images[0].Record.File)!, Cancellation));
        Directory.GetFileSystemEntries(host.Work).ShouldBe([path]);
    }

    [Fact]
    public async Task Of_several_images_each_numbered_name_is_replaced()
    {
        await using var host = Start();
        Write(host.Work, "hero-1.png");
        Write(host.Work, "hero-3.png");

        var job = await host.AskAsync(Request("hero.png", count: 3), Cancellation);

        job.Warnings.ShouldBeEmpty();
        job.Images.Select(image => image.Replaced).ShouldBe([true, false, true]);
        Directory.GetFiles(host.Work).Select(Path.GetFileName).Order().ShouldBe(["hero-1.png", "hero-2.png", "hero-3.png"]);
        Directory.GetFiles(host.Work).ShouldAllBe(file => new FileInfo(file).Length > Old.Length);
    }

    [Theory]
    [InlineData("link.png", "it is a link")]
    [InlineData("dangling.png", "it is a link")]
    [InlineData("folder.png", "it is a folder")]
    [InlineData("pipe.png", "it is empty, or no file")]
    [InlineData("empty.png", "it is empty, or no file")]
    [InlineData("locked.png", "it is marked read-only")]
    public async Task What_is_no_ordinary_file_is_refused_before_anything_is_drawn(string name, string why)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "pipes have no names there");
        await using var host = Start();
        var target = Write(host.Work, "target.png");
        File.CreateSymbolicLink(Path.Combine(host.Work, "link.png"), target);
        File.CreateSymbolicLink(Path.Combine(host.Work, "dangling.png"), Path.Combine(host.Work, "nowhere.png"));
        Directory.CreateDirectory(Path.Combine(host.Work, "folder.png"));
        await File.WriteAllTextAsync(Path.Combine(host.Work, "empty.png"), "", Cancellation);
        MakePipe(Path.Combine(host.Work, "pipe.png"));
        File.SetAttributes(Write(host.Work, "locked.png"), FileAttributes.ReadOnly);

        var refused = await Should.ThrowAsync<InvalidRequestException>(() => host.PlanAsync(Request(name)));

        refused.Message.ShouldContain(why);
        refused.Message.ShouldContain("overwrite: expected to be omitted");
        refused.Violations.ShouldHaveSingleItem().Nearest.ShouldBe("false");
        (await File.ReadAllTextAsync(target, Cancellation)).ShouldBe(Old);
    }

    [Fact]
    public async Task Outside_the_working_directory_only_what_was_written_here_is_replaced()
    {
        await using var host = Start(outside: true);
        var (theirs, ours) = (Write(Outside(host), "theirs.png"), Path.Combine(Outside(host), "ours.png"));
        await host.AskAsync(Request(ours, overwrite: false), Cancellation);
        var before = await File.ReadAllBytesAsync(ours, Cancellation);
        host.Backend.Draw = (size, number) => Testing.Images.PngEncoder.Gradient(size, number + 7);

        var refused = await Should.ThrowAsync<InvalidRequestException>(() => host.PlanAsync(Request(theirs)));
        var replaced = await host.AskAsync(Request(ours), Cancellation);

        refused.Message.ShouldContain("this server did not write it, and it is outside the working directory");
        replaced.Images[0].Copies.ShouldBe([ours]);
        (await File.ReadAllBytesAsync(ours, Cancellation)).ShouldNotBe(before);
        (await File.ReadAllTextAsync(theirs, Cancellation)).ShouldBe(Old);
    }

    [Fact]
    public async Task A_copy_that_was_changed_since_is_not_replaced()
    {
        await using var host = Start(outside: true);
        var ours = Path.Combine(Outside(host), "ours.png");
        await host.AskAsync(Request(ours, overwrite: false), Cancellation);
        Write(Outside(host), "ours.png");

        var refused = await Should.ThrowAsync<InvalidRequestException>(() => host.PlanAsync(Request(ours)));

        refused.Message.ShouldContain("it was changed since this server wrote it");
        (await File.ReadAllTextAsync(ours, Cancellation)).ShouldBe(Old);
    }

    [Fact]
    public async Task Nothing_of_the_store_is_replaced_even_where_it_is_in_the_working_directory()
    {
        await using var host = Start(work: ".");
        var made = await host.AskAsync(Request("hero.png"), Cancellation);
        var stored = host.Store.GetAbsolutePath(made.Images[0].Record.File)!;
        var before = await File.ReadAllBytesAsync(stored, Cancellation);
        var inbox = host.GetService<StorageOptions>().Inbox;
        Directory.CreateDirectory(inbox);
        host.Backend.Draw = (size, number) => Testing.Images.PngEncoder.Gradient(size, number + 7);

        foreach (var path in new[] { stored, Write(inbox, "theirs.png") })
        {
            var refused = await Should.ThrowAsync<InvalidRequestException>(() => host.PlanAsync(Request(path)));

            refused.Message.ShouldContain("it belongs to the store, whose images never change");
        }

        (await File.ReadAllBytesAsync(stored, Cancellation)).ShouldBe(before);
    }

    [Theory]
    [InlineData("link")]
    [InlineData("folder")]
    [InlineData("pipe")]
    [InlineData("read-only")]
    public async Task What_became_no_ordinary_file_while_it_was_drawn_is_kept_and_the_copy_gets_another_name(string kind)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "pipes have no names there");
        await using var host = Start();
        var path = Write(host.Work, "hero.png");
        host.Backend.Before = (index, _) => index is 0 ? Swap(host, path, kind) : Task.CompletedTask;

        var job = await host.AskAsync(Request("hero.png"), Cancellation);

        var image = job.Images.ShouldHaveSingleItem();
        job.Warnings.ShouldHaveSingleItem().ShouldStartWith("save_to: ");
        image.Copies.ShouldBe(kind is "link" ? [] : [Path.Combine(host.Work, "hero-2.png")]);
        Directory.GetFiles(host.Work, ".*").ShouldBeEmpty();
        (kind, new FileInfo(path).LinkTarget is not null, Directory.Exists(path)).ShouldBe((kind, kind is "link", kind is "folder"));
    }

    [Fact]
    public async Task Where_the_folder_cannot_be_written_the_file_stays_as_it_is()
    {
        Assert.SkipWhen(Environment.IsPrivilegedProcess, "whoever may do everything may write it");
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        await using var host = Start();
        var path = Write(host.Work, "hero.png");
        File.SetUnixFileMode(host.Work, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        var job = await host.AskAsync(Request("hero.png"), Cancellation);
        File.SetUnixFileMode(host.Work, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        job.Images.ShouldHaveSingleItem().Copies.ShouldBeEmpty();
        job.Warnings.ShouldHaveSingleItem().ShouldContain("save_to: the copy could not be written");
        (await File.ReadAllTextAsync(path, Cancellation)).ShouldBe(Old);
    }

    [Fact]
    public async Task A_job_that_a_crash_left_replaces_the_file_too()
    {
        await using var host = Start();
        var plan = await host.PlanAsync(Request("hero.png"));
        var serializer = host.GetService<JobPlanSerializer>();

        var restored = serializer.Deserialize(await serializer.SerializeAsync(plan, Cancellation));

        restored.Request.Delivery.Overwrite.ShouldBeTrue();
        restored.CopyTo.ShouldBe(plan.CopyTo);
    }

    [Fact]
    public async Task A_taken_name_is_told_where_nothing_may_be_replaced()
    {
        await using var host = Start();
        Write(host.Work, "hero.png");

        var job = await host.AskAsync(Request("hero.png", overwrite: false), Cancellation);

        job.Warnings.ShouldBe(["save_to: hero.png exists, so the copy went to hero-2.png; overwrite: true replaces it."]);
        job.Images[0].Copies.ShouldBe([Path.Combine(host.Work, "hero-2.png")]);
    }

    private static GenerateRequest Request(string path, int count = 1, bool overwrite = true) =>
        WorkflowHost.Request(count: count, delivery: new Delivery { SaveTo = path, Overwrite = overwrite });

    /// <param name="outside">Whether a folder outside the working directory may be written, too.</param>
    /// <param name="work">The working directory, below the host's folder.</param>
    private static WorkflowHost Start(bool outside = false, string work = "work")
    {
        var host = new WorkflowHost(more: services => services.AddSingleton(provider =>
        {
            var root = Path.GetDirectoryName(provider.GetRequiredService<StorageOptions>().Root)!;
            var folder = Path.GetFullPath(Path.Combine(root, work));
            return new LocalRoots { Readable = [root], Writable = outside ? [folder, Path.Combine(root, "outside")] : [folder], WorkingFolder = folder };
        }));
        Directory.CreateDirectory(host.Work);
        Directory.CreateDirectory(Outside(host));
        return host;
    }

    private static string Outside(WorkflowHost host) => Path.Combine(host.Folder, "outside");

    private static string Write(string folder, string name)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllText(path, Old);
        return path;
    }

    private static Task Swap(WorkflowHost host, string path, string kind)
    {
        File.Delete(path);
        Action make = kind switch
        {
            "link" => () => File.CreateSymbolicLink(path, Write(host.Folder, "elsewhere.png")),
            "folder" => () => Directory.CreateDirectory(path),
            "read-only" => () => File.SetAttributes(Write(host.Work, "hero.png"), FileAttributes.ReadOnly),
            _ => () => MakePipe(path),
        };
        make();
        return Task.CompletedTask;
    }

    private static void MakePipe(string path)
    {
        using var made = Process.Start("mkfifo", [path]);
        made.WaitForExit(TestTimeouts.Safety);
        made.ExitCode.ShouldBe(0);
    }
}
