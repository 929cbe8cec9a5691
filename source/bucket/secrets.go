package bucket

import "os"

// Secrets calls each with what must never be shown of the keys that the environment holds.
func Secrets(each func(secret string)) {
	names := []string{"AWS_ACCESS_KEY_ID", "AWS_ACCESS_KEY", "AWS_SECRET_ACCESS_KEY", "AWS_SECRET_KEY", "AWS_SESSION_TOKEN", envKey, envSAS, envConnection}
	secrets := make([]string, 0, len(names)+2)
	for _, name := range names {
		secrets = append(secrets, os.Getenv(name))
	}
	in := connectionString(os.Getenv(envConnection))
	for _, secret := range append(secrets, in.key, in.sas) {
		if secret != "" {
			each(secret)
		}
	}
}
