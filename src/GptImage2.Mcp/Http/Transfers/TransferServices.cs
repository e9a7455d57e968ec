using GptImage2.Mcp.Configuration;
using GptImage2.Mcp.Results.Links;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace GptImage2.Mcp.Http.Transfers;

/// <summary>Images in and out beside the protocol: uploads, and links.</summary>
internal static class TransferServices
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    extension(IServiceCollection services)
    {
        /// <summary>Keys are beside the catalog: links live through a restart, and all servers of a store accept each other's.</summary>
        public IServiceCollection AddTransfers(ServerSettings settings)
        {
            services.AddDataProtection()
                .SetApplicationName(Server.ServerDefinition.Name)
                .PersistKeysToFileSystem(CreateKeyFolder(Path.Combine(settings.Storage.CatalogFolder, "link-keys")));
            return services
                .AddSingleton<DownloadTickets>()
                .AddSingleton<IDownloadLinks, DownloadLinks>()
                .AddSingleton<DownloadEndpoint>()
                .AddSingleton<UploadEndpoint>()
                .AddHostedService<UploadSweepService>();
        }
    }

    extension(IEndpointRouteBuilder endpoints)
    {
        /// <summary>Receives images; whoever may call tools that make images may upload.</summary>
        public IEndpointConventionBuilder MapUploads() => UploadEndpoint.Map(endpoints, endpoints.ServiceProvider.GetRequiredService<UploadEndpoint>());

        /// <summary>Serves images to whoever has a link; no token is asked for.</summary>
        public IEndpointConventionBuilder MapDownloads() => DownloadEndpoint.Map(endpoints, endpoints.ServiceProvider.GetRequiredService<DownloadEndpoint>());
    }

    /// <summary>Whoever reads the keys can make links to every image.</summary>
    /// <exception cref="InvalidSettingsException">It cannot be made, or belongs to another user.</exception>
    private static DirectoryInfo CreateKeyFolder(string path)
    {
        try
        {
            if (OperatingSystem.IsWindows())
            {
                return Directory.CreateDirectory(path);
            }

            var folder = Directory.CreateDirectory(path, OwnerOnly);
            folder.UnixFileMode = OwnerOnly;
            return folder;
        }
        catch (Exception denied) when (denied is IOException or UnauthorizedAccessException)
        {
            throw new InvalidSettingsException(
                [$"GPTIMAGE2_STORAGE__ROOT: expected a folder that can be written, for the keys of links too, but {path} cannot be ({denied.Message})."]);
        }
    }
}
