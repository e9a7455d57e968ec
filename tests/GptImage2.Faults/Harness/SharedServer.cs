using GptImage2.Testing.Mcp;

namespace GptImage2.Faults.Harness;

/// <summary>One server for all cases of a class: that it survives one case is what the next one shows.</summary>
public sealed class SharedServer : IAsyncLifetime
{
    public TestFolders Folders { get; } = new();

    public ServerProcess Server { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Server = ServerProcess.Start(Folders);
        await Server.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        Folders.Dispose();
    }
}
