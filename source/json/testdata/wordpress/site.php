<?php
// WordPress as the tests run it: the router of php -S, and, from the command line, what runs the code that standard input brings.
error_reporting(E_ALL & ~E_DEPRECATED);
define('ABSPATH', rtrim(getenv('WORDPRESS'), '/') . '/');
define('DB_NAME', getenv('DATABASE'));
define('DB_USER', 'root');
define('DB_PASSWORD', '');
define('DB_HOST', 'localhost:' . getenv('SOCKET'));
define('DB_CHARSET', 'utf8mb4');
define('DB_COLLATE', '');
define('WP_CONTENT_DIR', getenv('CONTENT'));
define('WP_HOME', 'https://wp.example.org');
define('WP_SITEURL', 'https://wp.example.org');
define('WP_ENVIRONMENT_TYPE', 'local'); // application passwords without TLS
define('DISABLE_WP_CRON', true);
define('WP_HTTP_BLOCK_EXTERNAL', true);
define('WP_ACCESSIBLE_HOSTS', '127.0.0.1');
define('WP_USE_THEMES', true);
$table_prefix = 'wp_';

function wp_mail() { return true; }

if (PHP_SAPI === 'cli') {
	$_SERVER += ['HTTP_HOST' => 'wp.example.org', 'REQUEST_URI' => '/', 'SERVER_PROTOCOL' => 'HTTP/1.1'];
	$code = stream_get_contents(STDIN);
	if (getenv('INSTALLING')) {
		define('WP_INSTALLING', true);
	}
	require ABSPATH . 'wp-settings.php';
	require_once ABSPATH . 'wp-admin/includes/upgrade.php';
	require_once ABSPATH . 'wp-admin/includes/image.php';
	if (!defined('WP_INSTALLING')) {
		wp_set_current_user(1);
	}
	// write makes or changes a post, as it is written: no slashes are taken away.
	function write($post) {
		$id = wp_insert_post(wp_slash($post + ['post_status' => 'publish', 'post_author' => 1]), true);
		if (is_wp_error($id)) {
			exit($id->get_error_message());
		}
		return $id;
	}
	eval('?>' . $code);
	return;
}

$_SERVER['SCRIPT_NAME'] = $_SERVER['PHP_SELF'] = '/index.php';
require ABSPATH . 'wp-settings.php';
wp();
http_response_code(404); // of the site itself there is nothing
